using System.Text.RegularExpressions;

namespace TlsInterop.Harness.Tests.Documents;

/// <summary>The links of a document.</summary>
internal static partial class DocumentLinks
{
    /// <summary>Those to files of the repository, without the place in the file.</summary>
    public static IEnumerable<string> In(string text) => Link().Matches(text)
        .Select(match => match.Groups["to"].Value.Split('#')[0])
        .Where(to => to.Length > 0 && !to.Contains("://", StringComparison.Ordinal)).Distinct();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}

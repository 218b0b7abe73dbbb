using System.Collections;
using System.Text.RegularExpressions;

namespace TlsInterop.Harness.Reports.Bundle;

/// <summary>Takes out of texts what is nobody's business: places and names of this machine, and its secrets.</summary>
/// <param name="words">Words, and what stands in their places.</param>
public sealed partial class Scrubbing(IEnumerable<(string Word, string Instead)> words)
{
    // A shorter one may be a word of the text by chance.
    private const int ShortestSecret = 8;
    private const int ShortestName = 4;

    // Names that say nothing, and stand everywhere.
    private static readonly string[] CommonNames = ["localhost", "root", "user"];

    // Longer ones first: a folder before its parent.
    private readonly (string Word, string Instead)[] _words =
        [.. words.Where(row => row.Word.Length > 1).OrderByDescending(row => row.Word.Length)];

    /// <summary>What this machine has.</summary>
    /// <param name="runFolder">The run's folder.</param>
    /// <param name="checkout">The checkout; null if there is none.</param>
    public static Scrubbing OfThisMachine(string runFolder, string? checkout)
    {
        var words = new List<(string, string)> { (Path.GetFullPath(runFolder), "{run}") };
        if (checkout is not null) words.Add((Path.GetFullPath(checkout), "{checkout}"));
        words.Add((Directory.GetCurrentDirectory(), "{folder}"));
        words.Add((Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "{home}"));
        foreach (var name in new[] { Environment.MachineName, Environment.UserName })
        {
            if (name.Length >= ShortestName && !CommonNames.Contains(name)) words.Add((name, "{host}"));
        }
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable is { Key: string name, Value: string { Length: >= ShortestSecret } value }
                && SecretName().IsMatch(name))
                words.Add((value, "***"));
        }
        return new(words);
    }

    /// <summary>The text without them.</summary>
    public string Of(string text)
    {
        foreach (var (word, instead) in _words) text = Replaced(text, word, instead);
        // Of runs that were made elsewhere: nobody here knows their places, but homes look alike.
        return Home().Replace(text, "{home}");
    }

    // A place ends where its path does: the home /root is no part of /root.pem, nor of certificates/root.
    private static string Replaced(string text, string word, string instead) => word.StartsWith('/')
        ? Regex.Replace(
            text, $@"(?<![\w.-]){Regex.Escape(word)}(?![\w.-])", instead.Replace("$", "$$", StringComparison.Ordinal),
            RegexOptions.None, TimeSpan.FromSeconds(10))
        : text.Replace(word, instead, StringComparison.Ordinal);

    [GeneratedRegex("TOKEN|SECRET|PASS|KEY|CREDENTIAL|AUTH", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex(@"(/home/|/Users/|[A-Za-z]:\\Users\\)[\w.-]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Home();
}

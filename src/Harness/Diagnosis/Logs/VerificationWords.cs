using System.Text.RegularExpressions;

namespace TlsInterop.Harness.Diagnosis.Logs;

/// <summary>What OpenSSL's programs print of a certificate, whether they mind it or not.</summary>
/// <remarks>
/// <c>verify error</c> and, behind it, <c>verify return:1</c>: the program knows, and goes on. At its end it says the
/// same once more, as <c>Verification error</c> and <c>Verify return code</c>.
/// </remarks>
internal static partial class VerificationWords
{
    /// <summary>Between the two stand dates at most.</summary>
    private const int Between = 2;

    /// <summary>The numbers of the lines, from 0, of which a program says that it does not mind them.</summary>
    public static IReadOnlySet<int> Unminded(LogText log)
    {
        var (unminded, summaries, isMinded) = (new HashSet<int>(), new List<int>(), false);
        for (var i = 0; i < log.Lines.Count; i++)
        {
            var line = log.Lines[i];
            if (line.StartsWith("verify error:", StringComparison.Ordinal))
            {
                if (GoesOn(log, i)) unminded.Add(i);
                else isMinded = true;
            }
            else if (Summary().IsMatch(line)) summaries.Add(i);
        }
        if (unminded.Count > 0 && !isMinded) unminded.UnionWith(summaries);
        return unminded;
    }

    private static bool GoesOn(LogText log, int error) => log.Lines.Skip(error + 1).Take(Between)
        .Any(line => line.StartsWith("verify return:1", StringComparison.Ordinal));

    [GeneratedRegex(@"^\s*(Verification error:|Verify return code:)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Summary();
}

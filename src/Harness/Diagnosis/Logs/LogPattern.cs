using System.Text.RegularExpressions;

namespace TlsInterop.Harness.Diagnosis.Logs;

/// <summary>Words by which a stack says something: a row of <see cref="LogPatterns"/>.</summary>
/// <param name="Stack">Who says so: <c>OpenSSL</c>.</param>
/// <param name="Words">A regular expression over a line, in letters of any case.</param>
/// <param name="Meaning">What that means.</param>
/// <param name="Causes">Ids of the causes that it speaks for.</param>
public sealed record LogPattern(string Stack, string Words, string Meaning, params IReadOnlyList<string> Causes)
{
    /// <summary>What the words are worth.</summary>
    public LogWeight Weight { get; init; }

    private static readonly TimeSpan MatchDeadline = TimeSpan.FromSeconds(1);

    private Regex Expression => field ??= new Regex(
        Words, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchDeadline);

    /// <summary>True if a line says it.</summary>
    public bool Matches(string line)
    {
        try
        {
            return Expression.IsMatch(line);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}

using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Cases;

/// <summary>Whether a new case fails as it was reported, and what may make it do so.</summary>
/// <param name="made">The case.</param>
/// <param name="result">What its cell came to; null if it was not run.</param>
public sealed class NewCaseAnswer(NewCase made, CellResult? result)
{
    private const int MostTries = 5;

    // Which certificate brings about what a client can't bear; a trigger that is not here needs none.
    private static readonly Dictionary<string, string> Certificates = new(StringComparer.Ordinal)
    {
        ["expired-certificate"] = "expired", ["not-yet-valid-certificate"] = "not-yet-valid",
        ["wrong-name"] = "wrong-name", ["sha1-certificate"] = "sha1", ["missing-intermediate"] = "missing-intermediate",
    };

    private readonly ReportedEnding? _reported = ReportedEnding.Of(made.Imported);

    // Null of a cell that completed, or was not run.
    private readonly FailureSignature? _seen = result?.Verdict switch
    {
        null => null,
        Verdict.Pass => result.Refusal,
        _ => new(result.Alert, result.From, result.After, result.Got),
    };

    /// <summary>
    /// True if the cell failed as the report has it, or failed where the report does not say how that was.
    /// </summary>
    public bool IsReproduced => _seen is not null && _reported?.IsLike(_seen) != false;

    /// <summary>What was reported, in a sentence: as it was given, or as far as the cell has shown it.</summary>
    public string Title => made.Title
        ?? (result is null ? $"{made.Id}: the client of a report against {made.Server}, not run yet"
            : IsReproduced ? $"{made.Id}: a client fails against {made.Server}"
            : _seen is not null ? $"{made.Id}: a client fails against {made.Server}, otherwise than it was reported"
            : $"{made.Id}: a client of which a failure was reported gets on with {made.Server}");

    /// <summary>What its cell shows, in a sentence.</summary>
    public string Shows => result is null ? "not run yet"
        : IsReproduced ? result.Diagnosis?.Sentence ?? _reported?.Text ?? "what was reported"
        : $"not what was reported ({There}): {Here}";

    /// <summary>How it fails as it was reported; null if it does not, or if that is not known.</summary>
    public string? Confirmation => IsReproduced && _reported is { Text: var text } ? $"{text}: here too" : null;

    /// <summary>What somebody has to know who takes it for the failure; none if it is that.</summary>
    public IEnumerable<string> Warnings()
    {
        if (made.Imported.Hello?.Incomplete is { } incomplete)
        {
            yield return $"INCOMPLETE: {incomplete}; the profile is not that client's";
            yield return "          collect all of its ClientHello, and make the case again";
        }
        if (result is null || IsReproduced) yield break;
        yield return "NOT REPRODUCED: this does not fail as it was reported";
        yield return $"reported  {There}";
        yield return $"here      {Here}";
        var lead = "try";
        foreach (var line in Tries())
        {
            yield return $"{lead,-9} {line}";
            lead = "";
        }
        yield return $"kept      for what it shows; before another try: rm -r tests/Interop/Cases/{made.Id}";
    }

    private string There => _reported?.Text ?? "the report does not tell how the connection failed";

    private string Here => _seen switch
    {
        null => "it passes",
        { Message: { } message } => message.Split('\n')[0],
        { Alert: null or FailureSignature.NoAlert } => "it was closed without an alert",
        _ => $"the alert {_seen.Alert}",
    };

    // What the report's end leaves open: what the client may not bear, or else another server.
    private IEnumerable<string> Tries()
    {
        var reactions = made.Imported.Findings
            .SelectMany(finding => finding.Triggers.Select(trigger => Try(trigger, finding.With)))
            .OfType<string>().Take(MostTries).ToList();
        foreach (var reaction in reactions) yield return reaction;
        if (reactions.Count == 0 && made.Certificate == CertificateProfile.Default
            && _reported?.From != Direction.ServerToClient)
            yield return "--certificate expired, or what else the server's certificate was in the report";
        yield return $"--server with another version than {made.Server}: '{CommandTree.Program} endpoints' lists them";
        if (made.Imported.Others.Count > 0)
            yield return "--connection N: another one of the report";
    }

    private string? Try(string trigger, string with)
    {
        var words = new List<string>();
        if (Certificates.TryGetValue(trigger, out var certificate) && made.Certificate != certificate)
            words.Add($"--certificate {certificate}");
        if (!made.Reactions.Any(reaction => reaction.To.Name == trigger)) words.Add($"--reaction {trigger}={with}");
        return words.Count > 0 ? string.Join(' ', words) : null;
    }
}

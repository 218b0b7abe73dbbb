using TlsInterop.Harness.Import;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Cases;

/// <summary>How the connection of a report failed.</summary>
/// <param name="Text">In a sentence.</param>
/// <param name="Alert">
/// Name of the fatal alert that ended it, or <see cref="FailureSignature.NoAlert"/> if an end gave up without one.
/// </param>
/// <param name="From">Who ended it; null if the report does not say.</param>
/// <param name="IsLate">True if one of the ends was done with the handshake by then.</param>
public sealed record ReportedEnding(string Text, string Alert, Direction? From, bool IsLate)
{
    // What an end sends when the handshake is over for it. Behind that it may close as it likes.
    private static readonly string[] Late = ["Finished", "NewSessionTicket", "ChangeCipherSpec", "application data"];

    /// <summary>Reads it off; null if the report tells of no failure, or not how it went on.</summary>
    public static ReportedEnding? Of(ImportedConnection imported)
    {
        if (imported.Closing is not { } end) return null;
        var before = imported.Steps.TakeWhile(step => !step.IsEnd).ToList();
        var after = before.Count > 0 ? $" after {before[^1].What}" : "";
        var isLate = before.Exists(step => Late.Contains(step.What));
        if (end.Alert is { IsFatal: true } alert)
            return new($"{end.Sender} sent the alert {alert}{after}", $"{alert.Description}", end.From, isLate);
        if (before.Exists(step => step.From == end.From && Late.Contains(step.What))) return null;
        var how = end.Alert is { } last ? $"{last.Description}" : end.What;
        var text = $"{end.Sender} closed with {how}{after}, and no alert says why";
        return new(text, FailureSignature.NoAlert, end.From, isLate);
    }

    /// <summary>
    /// True if a connection ended in this way: who ended it, with which alert or without, and within the handshake or
    /// behind it. Which message came last is the server's choice, and may differ.
    /// </summary>
    public bool IsLike(FailureSignature seen) => seen.Alert == Alert
        && (From is null || seen.Direction is null || seen.Direction == From)
        && (Alert != FailureSignature.NoAlert || Late.Contains(seen.After) == IsLate);
}

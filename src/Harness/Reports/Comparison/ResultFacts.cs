using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>What of a result is compared with the same cell's of another run.</summary>
internal static class ResultFacts
{
    private const string None = "none";

    // A fact that only one of two journals has says nothing: older ones lack it. An alert that is not there does.
    private static readonly (string Name, bool IsAlwaysKnown, Func<CellResult, string?> Of)[] Facts =
    [
        ("result", true, result => ResultKinds.Heading(ResultKinds.Of(result)).ToLowerInvariant()),
        ("alert", true, result => result.Alert),
        ("from", true, result => result.From is { } direction ? CellWords.Ends(direction) : null),
        ("after", true, result => result.After),
        ("cause", false, result => result.Diagnosis?.Cause),
        ("effective", false, result => result.Effective),
    ];

    // How a failure looks on the wire, and why.
    private static readonly HashSet<string> OfFailures =
        new(["result", "alert", "from", "after", "cause"], StringComparer.Ordinal);

    /// <summary>Everything in which a result is another one, a line each.</summary>
    public static IEnumerable<string> Differences(CellResult before, CellResult after)
    {
        foreach (var (name, _, of) in Facts.Where(fact => Differs(fact, before, after)))
            yield return $"{name}: {of(after) ?? None}, was {of(before) ?? None}";
        if (HasOtherShape(before, after)) yield return $"handshake: {after.Shape}, was {before.Shape}";
    }

    /// <summary>True if two reds fail in different ways; of two that pass, if the handshakes differ.</summary>
    public static bool FailsOtherwise(CellResult before, CellResult after) =>
        Array.Exists(Facts, fact => OfFailures.Contains(fact.Name) && Differs(fact, before, after))
            || (after.Verdict == Verdict.Pass && HasOtherShape(before, after));

    /// <summary>True if both handshakes are known, and they are not the same.</summary>
    public static bool HasOtherShape(CellResult before, CellResult after) =>
        before.Shape is { } old && after.Shape is { } now && old != now;

    private static bool Differs(
        (string Name, bool IsAlwaysKnown, Func<CellResult, string?> Of) fact, CellResult before, CellResult after)
    {
        var (old, now) = (fact.Of(before), fact.Of(after));
        return old != now && (fact.IsAlwaysKnown || (old is not null && now is not null));
    }
}

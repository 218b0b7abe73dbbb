using System.Text.Json;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>The words and colours of each kind of change.</summary>
public static class ChangeKinds
{
    // How one and many are counted, what that means of one and of many.
    private static readonly Dictionary<ChangeKind, (string One, string Many, string IsOne, string AreMany, Tone Tone)>
        Rows = new()
        {
            [ChangeKind.NewRed] = (
                "new red", "new red", "was not red, and is red now", "were not red, and are red now", Tone.Bad),
            [ChangeKind.NotRun] = (
                "not run", "not run", "was to run, and has no result", "were to run, and have no result", Tone.Bad),
            [ChangeKind.StillRedOtherwise] = (
                "still red, otherwise", "still red, otherwise", "is red as before, and fails in another way",
                "are red as before, and fail in another way", Tone.Bad),
            [ChangeKind.StillRed] = (
                "still red", "still red", "is red as before", "are red as before", Tone.Warning),
            [ChangeKind.NewKnownFailure] = (
                "new known failure", "new known failures", "fails now as it is known to",
                "fail now as they are known to", Tone.Warning),
            [ChangeKind.KnownFailureGone] = (
                "known failure gone", "known failures gone", "was known to fail, and passes now",
                "were known to fail, and pass now", Tone.Good),
            [ChangeKind.NewGreen] = (
                "new green", "new green", "was red, and is green now", "were red, and are green now", Tone.Good),
            [ChangeKind.HandshakeChanged] = (
                "handshake changed", "handshakes changed", "is no more red than before, and its handshake is another",
                "are no more red than before, and their handshakes are others", Tone.Warning),
            [ChangeKind.NotRunBefore] = (
                "not run before", "not run before", "was to run in the earlier run, which has no result of it",
                "were to run in the earlier run, which has no result of them", Tone.Place),
            [ChangeKind.NewCell] = (
                "new cell", "new cells", "is not in the earlier run", "are not in the earlier run", Tone.Place),
            [ChangeKind.Skipped] = (
                "skipped now", "skipped now", "is left out now, with a reason", "are left out now, with a reason",
                Tone.Warning),
            [ChangeKind.Vanished] = (
                "vanished", "vanished", "is not planned any more", "are not planned any more", Tone.Warning),
            [ChangeKind.Unchanged] = ("unchanged", "unchanged", "is as before", "are as before", Tone.Quiet),
        };

    /// <summary>How it is counted: <c>new cell</c> of one, <c>new cells</c> of many.</summary>
    public static string Counted(ChangeKind kind, int count = 1) => count == 1 ? Rows[kind].One : Rows[kind].Many;

    /// <summary>What it means, as the end of a sentence about a cell, or about many.</summary>
    public static string Meaning(ChangeKind kind, int count = 1) =>
        count == 1 ? Rows[kind].IsOne : Rows[kind].AreMany;

    public static Tone ToneOf(ChangeKind kind) => Rows[kind].Tone;

    /// <summary>Its name in JSON and in addresses: <c>newRed</c>.</summary>
    public static string NameOf(ChangeKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}

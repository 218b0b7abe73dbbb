using System.Text.Json;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>The words and colours of each kind of change.</summary>
public static class ChangeKinds
{
    private static readonly Dictionary<ChangeKind, (string Counted, string Meaning, Tone Tone)> Rows = new()
    {
        [ChangeKind.NewRed] = ("new red", "was not red, and is red now", Tone.Bad),
        [ChangeKind.NotRun] = ("not run", "planned, and there is no result", Tone.Bad),
        [ChangeKind.StillRedOtherwise] = ("still red, otherwise", "red as before, and fails in another way", Tone.Bad),
        [ChangeKind.StillRed] = ("still red", "red as before", Tone.Warning),
        [ChangeKind.NewKnownFailure] = ("new known failure", "fails now as it is known to", Tone.Warning),
        [ChangeKind.KnownFailureGone] =
            ("known failure gone", "was known to fail, and passes now", Tone.Good),
        [ChangeKind.NewGreen] = ("new green", "was red, and is green now", Tone.Good),
        [ChangeKind.HandshakeChanged] =
            ("handshake changed", "is no more red than before, and its handshake is another", Tone.Warning),
        [ChangeKind.NewCell] = ("new cell", "the earlier run has no result of it", Tone.Place),
        [ChangeKind.Skipped] = ("skipped now", "is left out now, with a reason", Tone.Warning),
        [ChangeKind.Vanished] = ("vanished", "is not planned any more", Tone.Warning),
        [ChangeKind.Unchanged] = ("unchanged", "as before", Tone.Quiet),
    };

    /// <summary>How it is counted: <c>3 new red</c>.</summary>
    public static string Counted(ChangeKind kind) => Rows[kind].Counted;

    /// <summary>What it means, as the end of a sentence about a cell.</summary>
    public static string Meaning(ChangeKind kind) => Rows[kind].Meaning;

    public static Tone ToneOf(ChangeKind kind) => Rows[kind].Tone;

    /// <summary>Its name in JSON and in addresses: <c>newRed</c>.</summary>
    public static string NameOf(ChangeKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());
}

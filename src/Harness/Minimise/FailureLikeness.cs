using System.Text.RegularExpressions;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Minimise;

/// <summary>Tells whether a cell failed as another one did.</summary>
public static partial class FailureLikeness
{
    // Messages behind which a handshake is over.
    private static readonly string[] Last = ["Finished", "NewSessionTicket", "KeyUpdate"];

    /// <summary>What a cell came to, seen from a failure.</summary>
    /// <param name="failure">The failure's cell, and what became of it.</param>
    /// <param name="other">The cell, likewise.</param>
    public static Answer Compare((Cell Cell, CellResult Result) failure, (Cell Cell, CellResult Result) other)
    {
        var (_, result) = other;
        var said = (result.Got ?? "").Split('\n')[0];
        return result.Verdict switch
        {
            Verdict.Pass => new(TrialOutcome.Green),
            Verdict.Unsupported => new(TrialOutcome.CannotRun, said),
            // Where nothing is known of what two ends did, nothing is known of the failure.
            Verdict.Error when failure.Result.Verdict != Verdict.Error => new(TrialOutcome.CannotRun, said),
            _ => Shape(failure.Cell, failure.Result) == Shape(other.Cell, result)
                ? new(TrialOutcome.Red)
                : new(TrialOutcome.OtherFailure, said),
        };
    }

    // An alert says it all. Without one it is the sentence, less what belongs to the cell and to the run. Who of two
    // ends that are done closes first is chance.
    private static (Verdict Verdict, FailureSignature Signature) Shape(Cell cell, CellResult result)
    {
        if (result.Alert is not (null or FailureSignature.NoAlert))
            return (result.Verdict, new(result.Alert, result.From, result.After));
        var sentence = Plain(cell, result.Got ?? "");
        return result.After is { } after && Last.Contains(after)
            ? (result.Verdict, new(result.Alert, Message: Closing().Replace(sentence, "closed")))
            : (result.Verdict, new(result.Alert, result.From, result.After, sentence));
    }

    private static string Plain(Cell cell, string sentence)
    {
        foreach (var (name, value) in Axis.All.Select(axis => (axis.Name, Value: axis.Of(cell)))
            .Where(item => item.Value is { Length: > 2 }).OrderByDescending(item => item.Value!.Length))
            sentence = sentence.Replace(value!, name, StringComparison.Ordinal);
        return Numbers().Replace(sentence, "#");
    }

    [GeneratedRegex(@"(FIN|RST) from the (client|server) after \w+ of the (client|server), and no alert",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Closing();

    [GeneratedRegex(@"\b([0-9a-f]{8,}|[0-9]+)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();
}

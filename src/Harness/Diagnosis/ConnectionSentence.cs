using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Diagnosis;

/// <summary>A connection in one sentence: where to, what was agreed on, how it ended.</summary>
internal static class ConnectionSentence
{
    public static string Of(DiagnosisEvidence seen) =>
        string.Join(", ", Parts(seen).Where(part => part.Length > 0)) + $": {End(seen)}.";

    private static IEnumerable<string> Parts(DiagnosisEvidence seen)
    {
        var facts = seen.Facts;
        yield return seen.Context.Info is { } info ? $"connection to port {info.Server.Port}" : "connection";
        yield return facts.ClearTextProtocol ?? "";
        yield return facts.Version is { } version ? version.ToString()
            : facts.OfferedVersions.Count > 0
                ? $"{Phrase.List(facts.OfferedVersions, item => item.Code)} offered" : "";
        yield return facts.Suite?.ToString() ?? "";
    }

    private static string End(DiagnosisEvidence seen)
    {
        var ending = seen.Ending;
        if (seen.IsComplete)
            return seen.Facts.IsComplete ? "the handshake went through" : "it went through, most likely";
        if (seen.HiddenAlert is { } hidden)
            return $"the {CellWords.Ends(hidden.By)} ended the handshake with what is an alert by its size";
        var after = ending.After is { } last ? $" after {last.Message.Type}" : "";
        if (ending.Kind == EndingKind.Alert)
            return $"the {Who(ending)} gave up{after} with {ending.How}";
        if (ending.By is not null)
        {
            var what = ending.After is null ? "closed before any handshake message" : $"gave up{after}";
            return $"the {Who(ending)} {what} with {ending.How}"
                + (ending.IsSilent ? ", and sent no alert" : "");
        }
        return seen.Outcome switch
        {
            ConnectionOutcome.NoData => "nothing was said",
            ConnectionOutcome.NotTls => "nothing of it is TLS",
            _ => $"it stops{after}, and nobody closed it",
        };
    }

    private static string Who(ConnectionEnding ending) => CellWords.Ends(ending.By ?? Direction.ClientToServer);
}

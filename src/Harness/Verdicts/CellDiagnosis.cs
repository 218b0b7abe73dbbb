using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Diagnosis.Logs;

namespace TlsInterop.Harness.Verdicts;

/// <summary>Why a cell failed, as far as the diagnosis knows. The verdict does not depend on it.</summary>
/// <param name="Cause">Id of the cause: <c>certificate-expired</c>.</param>
/// <param name="Sentence">The cause in plain words.</param>
/// <param name="Confidence">Per cent.</param>
public sealed record CellDiagnosis(string Cause, string Sentence, int Confidence)
{
    /// <summary>What to do about it at the server; null if nothing.</summary>
    public string? Server { get; init; }

    /// <summary>What to do about it at the client; null if nothing.</summary>
    public string? Client { get; init; }

    /// <summary>The likeliest cause; null where nobody knows.</summary>
    public static CellDiagnosis? Of(CellObservation seen)
    {
        if (seen.Connection is not { } connection) return null;
        var result = Diagnoser.Explain(connection, new()
        {
            KeyLog = seen.KeyLog,
            ClientLog = seen.Client is { } client ? LogText.Of("the client's output", client.Output) : null,
            Foretold = seen.Prediction?.Refused,
            ServerSuite = seen.Cell.Suite,
            Others = [.. seen.Connections.SkipLast(1)],
        });
        return result.Best is { } best ? new(best.Id, best.Sentence, best.Confidence)
        {
            Server = best.Server, Client = best.Client,
        } : null;
    }

    /// <summary>As a line of a report: <c>the certificate had expired ... (certificate-expired, 99 %)</c>.</summary>
    public override string ToString() => $"{Sentence} ({Cause}, {Confidence} %)";
}

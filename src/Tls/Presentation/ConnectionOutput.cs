using System.Buffers;
using System.Text;
using System.Text.Json;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation.Json;
using TlsInterop.Tls.Snapshots;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Presentation;

/// <summary>Writes one connection as UTF-8. It may be called from any thread.</summary>
public delegate void ConnectionWriter(CapturedConnection connection, IBufferWriter<byte> destination);

/// <summary>A way to show the connections of a capture: what stands before, between and behind them.</summary>
/// <param name="Write">Shows one.</param>
/// <param name="Begin">Before the first.</param>
/// <param name="Between">Between two.</param>
/// <param name="End">Behind the last, also if there was none.</param>
public sealed record ConnectionOutput(ConnectionWriter Write, string Begin = "", string Between = "", string End = "")
{
    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    /// <summary>A ladder each, with findings.</summary>
    public static ConnectionOutput Ladder(LadderOptions options) => new(
        (connection, destination) => Encoding.UTF8.GetBytes(
            LadderText.Render(connection.Info, connection.Decoded, Verify(connection), options), destination),
        Between: "\n");

    /// <summary>What two captures of the same behaviour have in common.</summary>
    public static ConnectionOutput Snapshot { get; } = new(
        (connection, destination) =>
            Encoding.UTF8.GetBytes(SnapshotText.RenderBody(connection.Decoded).TrimEnd('\n') + "\n", destination),
        Between: "\n");

    /// <summary>One line of text each.</summary>
    /// <param name="verifies">True to ask the rules.</param>
    public static ConnectionOutput SummaryLine(bool verifies) => new((connection, destination) =>
    {
        var findings = verifies ? Verify(connection) : null;
        var summary = ConnectionSummary.Of(connection.Info, connection.Decoded, findings);
        Encoding.UTF8.GetBytes(SummaryText.Line(summary) + "\n", destination);
    });

    /// <summary>One line of JSON each: the fast one.</summary>
    /// <param name="verifies">True to ask the rules.</param>
    public static ConnectionOutput SummaryJsonLine(bool verifies) => new((connection, destination) =>
    {
        var findings = verifies ? Verify(connection) : null;
        WriteJson(destination, writer =>
            SummaryJson.Write(writer, ConnectionSummary.Of(connection.Info, connection.Decoded, findings)));
        destination.Write("\n"u8);
    });

    /// <summary>Everything, one connection a line.</summary>
    public static ConnectionOutput JsonLine { get; } = new((connection, destination) =>
    {
        WriteJson(destination, writer => ConnectionJson.Write(writer, connection, Verify(connection)));
        destination.Write("\n"u8);
    });

    /// <summary>Everything as one document.</summary>
    public static ConnectionOutput JsonDocument { get; } = new(
        (connection, destination) =>
            WriteJson(destination, writer => ConnectionJson.Write(writer, connection, Verify(connection))),
        Begin: "{\"connections\":[\n", Between: ",\n", End: "\n]}\n");

    private static void WriteJson(IBufferWriter<byte> destination, Action<Utf8JsonWriter> write)
    {
        if (_json is null) _json = SummaryJson.CreateWriter(destination);
        else _json.Reset(destination);
        write(_json);
    }

    // Secrets that a server's private key gave are in the key log too, though it counts the lines of files only.
    private static IReadOnlyList<Finding> Verify(CapturedConnection connection)
    {
        var (decoded, keyLog) = (connection.Decoded, connection.KeyLog);
        var hasSecrets = keyLog.SessionCount > 0
            || decoded.FromClient.OpenedRecords + decoded.FromServer.OpenedRecords > 0;
        return ConnectionVerifier.Verify(decoded, hasSecrets ? keyLog : null);
    }
}

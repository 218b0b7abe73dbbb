using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Fingerprints;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Presentation;

/// <summary>What one line tells of a connection.</summary>
public sealed class ConnectionSummary
{
    private ConnectionSummary(
        TcpConnectionInfo info, DecodedConnection connection, IReadOnlyList<Finding>? findings)
    {
        (Info, Facts, Findings) = (info, connection.Facts, findings);
        (FromClient, FromServer) = (connection.FromClient, connection.FromServer);
        Messages = MessageCodes.Of(connection.Events);
        Fingerprints = ConnectionFingerprints.Of(connection);
        Outcome = ConnectionOutcomes.Of(connection);
    }

    public TcpConnectionInfo Info { get; }

    /// <summary>What the first handshake agreed on.</summary>
    public HandshakeFacts Facts { get; }

    /// <summary>From the first frame to the last event, in nanoseconds.</summary>
    public long DurationNanoseconds { get; private set; }

    /// <summary>The messages in order, as <see cref="MessageCodes"/> writes them.</summary>
    public string Messages { get; }

    /// <summary>Every alert that could be read, in order.</summary>
    public IReadOnlyList<AlertEvent> Alerts { get; private set; } = [];

    /// <summary>The server's own certificate, or null.</summary>
    public CertificateSummary? Certificate =>
        Facts.ServerCertificate is { Entries: [{ Summary: var summary }, ..] } ? summary : null;

    /// <summary>Octets and records of the client.</summary>
    public StreamTotals FromClient { get; }

    /// <summary>Octets and records of the server.</summary>
    public StreamTotals FromServer { get; }

    /// <summary>Records that were encrypted.</summary>
    public long ProtectedRecords => FromClient.ProtectedRecords + FromServer.ProtectedRecords;

    /// <summary>Those of them that were opened with the secrets at hand.</summary>
    public long OpenedRecords => FromClient.OpenedRecords + FromServer.OpenedRecords;

    /// <summary>How it went.</summary>
    public ConnectionOutcome Outcome { get; }

    public ConnectionFingerprints Fingerprints { get; }

    /// <summary>What the rules found; null if they were not asked.</summary>
    public IReadOnlyList<Finding>? Findings { get; }

    /// <summary>How much of what was encrypted could be read, in one word.</summary>
    public string Decrypted =>
        ProtectedRecords == 0 ? "nothing_protected"
        : OpenedRecords == 0 ? "none"
        : OpenedRecords == ProtectedRecords ? "all"
        : "part";

    /// <summary>Sums a connection up.</summary>
    /// <param name="info">Its end points.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="findings">What <see cref="ConnectionVerifier"/> found; null if it was not asked.</param>
    public static ConnectionSummary Of(
        TcpConnectionInfo info, DecodedConnection connection, IReadOnlyList<Finding>? findings = null)
    {
        var summary = new ConnectionSummary(info, connection, findings);
        summary.AddEvents(connection.Events);
        return summary;
    }

    private void AddEvents(IReadOnlyList<ConnectionEvent> events)
    {
        List<AlertEvent>? alerts = null;
        var last = Info.FirstFrame.UnixNanoseconds;
        for (var i = 0; i < events.Count; i++)
        {
            last = Math.Max(last, events[i].At.UnixNanoseconds);
            if (events[i] is AlertEvent alert) (alerts ??= []).Add(alert);
        }
        DurationNanoseconds = last - Info.FirstFrame.UnixNanoseconds;
        if (alerts is not null) Alerts = alerts;
    }
}

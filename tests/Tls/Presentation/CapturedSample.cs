using System.Net;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Tests.Presentation;

/// <summary>Connections to present: samples, whole or in part, and what a test writes itself.</summary>
internal static class CapturedSample
{
    public static readonly TcpConnectionInfo Info = new(
        7, new(IPAddress.Parse("192.0.2.1"), 50000), new(IPAddress.Parse("2001:db8::2"), 443),
        new FrameStamp(1, 456_789), OpeningSeen: true);

    public static CapturedConnection Of(string name, bool hasKeys = true)
    {
        var sample = SampleConnection.Get(name);
        return Of(sample.Steps, hasKeys ? sample.KeyLog : new KeyLog());
    }

    public static CapturedConnection Of(IEnumerable<SampleConnection.Step> steps, KeyLog? keyLog = null) =>
        new(Info, SampleConnection.Decode(steps, keyLog), keyLog ?? new KeyLog());

    public static SampleConnection.Step Client(byte[] bytes) => new(Direction.ClientToServer, bytes);

    public static SampleConnection.Step Server(byte[] bytes) => new(Direction.ServerToClient, bytes);

    public static SampleConnection.Step End(Direction direction, ConnectionEnd end = ConnectionEnd.Fin) =>
        new(direction, [], end);

    public static ConnectionSummary Summary(CapturedConnection connection) =>
        ConnectionSummary.Of(connection.Info, connection.Decoded);

    public static IReadOnlyList<Finding> Findings(CapturedConnection connection) =>
        ConnectionVerifier.Verify(connection.Decoded, connection.KeyLog.SessionCount > 0 ? connection.KeyLog : null);
}

using System.Text;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Hellos;

internal static class ExtensionContentCases
{
    private static readonly ExtensionType Heartbeat = new(15);

    public static readonly RuleCase[] Rows =
    [
        Loud("server-name-form", "an address", () => Named("127.0.0.1")),
        Loud("server-name-form", "an address of IPv6", () => Named("2001:db8::1")),
        Loud("server-name-form", "a dot at the end", () => Named("tlsinterop.test.")),
        Loud("server-name-form", "two names", () => Named("one.test", "two.test")),
        Quiet("server-name-form", "a name", () => Named("tlsinterop.test")),

        Loud("record-size-limit-too-small", "63",
            () => Offer(Tls13, hello => hello.With(ExtensionType.RecordSizeLimit, 0, 63))),
        Quiet("record-size-limit-too-small", "64",
            () => Offer(Tls13, hello => hello.With(ExtensionType.RecordSizeLimit, 0, 64))),

        Loud("padding-not-zero", "a one", () => Offer(Tls13, hello => hello.With(ExtensionType.Padding, 0, 1, 0))),
        Quiet("padding-not-zero", "zeros", () => Offer(Tls13, hello => hello.With(ExtensionType.Padding, 0, 0, 0))),

        Loud("heartbeat-mode", "3", () => Offer(Tls12, hello => hello.With(Heartbeat, 3))),
        Loud("heartbeat-mode", "none", () => Choice(Tls12, hello => hello.With(Heartbeat))),
        Quiet("heartbeat-mode", "2", () => Offer(Tls12, hello => hello.With(Heartbeat, 2))),

        Loud("heartbeat-not-allowed", "never agreed on", () => Beat([], [])),
        Loud("heartbeat-not-allowed", "the server wants none", () => Beat([1], [2])),
        Quiet("heartbeat-not-allowed", "both want them", () => Beat([1], [1])),
        Quiet("heartbeat-not-allowed", "the server wants them", () => Beat([2], [1])),
    ];

    private static Evidence Named(params string[] names) => Offer(Tls13, hello =>
        hello.With(ExtensionType.ServerName, Vector16(
            [.. names.SelectMany(name => (byte[])[0, .. Vector16(Encoding.ASCII.GetBytes(name))])])));

    private static Evidence Beat(byte[] ofClient, byte[] ofServer)
    {
        var evidence = ofClient.Length == 0
            ? SessionEvidence.Of(Tls12)
            : Both(Tls12, hello => hello.With(Heartbeat, ofClient), hello => hello.With(Heartbeat, ofServer));
        var (events, records) = (evidence.Connection.Events, evidence.Connection.Records);
        var beat = new TlsRecord(new ContentType(24), ProtocolVersion.Tls12, new byte[40], events[^1].At);
        return new Evidence(
            new DecodedConnection(events, [.. records, new DecodedRecord(Client, beat, 99, true, null)]),
            evidence.KeyLog);
    }
}

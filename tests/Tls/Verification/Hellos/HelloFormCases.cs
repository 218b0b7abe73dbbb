using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Hellos;

internal static class HelloFormCases
{
    private static readonly CompressionMethod Null = CompressionMethod.Null;
    private static readonly CompressionMethod Deflate = new(1);
    private static readonly byte[] Random = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    public static readonly RuleCase[] Rows =
    [
        Loud("legacy-version", "the client says TLS 1.3 there",
            () => Offer(Tls13, hello => hello with { LegacyVersion = ProtocolVersion.Tls13 })),
        Loud("legacy-version", "the server says TLS 1.0 there",
            () => Choice(Tls13, hello => hello with { LegacyVersion = ProtocolVersion.Tls10 })),
        Quiet("legacy-version", "TLS 1.3", () => SessionEvidence.Of(Tls13)),
        Quiet("legacy-version", "TLS 1.0", () => SessionEvidence.Of(Tls10)),

        Loud("compression-in-tls13", "deflate beside null", () => Compressions(Tls13, Null, Deflate)),
        Loud("compression-in-tls13", "chosen",
            () => Choice(Tls13, hello => hello with { CompressionMethod = Deflate })),
        Quiet("compression-in-tls13", "deflate in TLS 1.2", () => Compressions(Tls12, Null, Deflate)),

        Loud("null-compression-missing", "deflate alone", () => Compressions(Tls12, Deflate)),
        Quiet("null-compression-missing", "deflate before null", () => Compressions(Tls12, Deflate, Null)),

        Loud("session-id-echo", "none", () => Choice(Tls13, hello => hello with { SessionId = default })),
        Loud("session-id-echo", "another in HelloRetryRequest",
            () => Nth<ServerHello>(Tls13Retry, 0, hello => hello with { SessionId = Random })),
        Quiet("session-id-echo", "the client's", () => SessionEvidence.Of(Tls13Retry)),
        Quiet("session-id-echo", "an id of the server's own in TLS 1.2",
            () => Choice(Tls12, hello => hello with { SessionId = Random })),

        Loud("random-constant", "zeros", () => Choice(Tls12, hello => hello with { Random = new byte[32] })),
        Quiet("random-constant", "a recorded session", () => SessionEvidence.Of(Tls12)),

        Loud("random-repeated", "in a renegotiation",
            () => Choice(Tls12Renegotiated, hello => hello with { Random = Random })),
        Loud("random-repeated", "the client's", () => Both(
            Tls12, hello => hello with { Random = Random }, hello => hello with { Random = Random })),
        Quiet("random-repeated", "a renegotiation", () => SessionEvidence.Of(Tls12Renegotiated)),
        Quiet("random-repeated", "the second hello after HelloRetryRequest", () => SessionEvidence.Of(Tls13Retry)),
    ];

    private static Evidence Compressions(string name, params CompressionMethod[] methods) =>
        Offer(name, hello => hello with { CompressionMethods = methods });
}

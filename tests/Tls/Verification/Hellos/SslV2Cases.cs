using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Hellos;

internal static class SslV2Cases
{
    // The SSL Protocol Version 2.0, Sections 2.5 and 2.6: RC4 with MD5, and no certificate
    private static readonly byte[] ClientHello =
        [0x80, 28, 1, 0, 2, 0, 3, 0, 0, 0, 16, 0x01, 0, 0x80, .. new byte[16]];

    private static readonly byte[] ServerHello =
        [0x80, 30, 4, 0, 1, 0, 2, 0, 0, 0, 3, 0, 16, 0x01, 0, 0x80, .. new byte[16]];

    public static readonly RuleCase[] Rows =
    [
        Loud("ssl2-negotiated", "both hellos", () =>
            SessionEvidence.OfBytes((Client, ClientHello), (Server, ServerHello))),
        Quiet("ssl2-negotiated", "offered alone", () => SessionEvidence.OfBytes((Client, ClientHello))),
        Loud("ssl2-hello-form", "a session of TLS 1.0", () => OldForm(Tls10)),
        Quiet("ssl2-hello-form", "a client of SSL 2.0", () => SessionEvidence.OfBytes((Client, ClientHello))),
        Quiet("ssl2-hello-form", "a ClientHello of TLS", () => SessionEvidence.Of(Tls10)),
    ];

    /// <summary>A session whose client says hello in the form of SSL 2.0.</summary>
    public static Evidence OldForm(string name) => SessionEvidence.With(name, item =>
        item.Message.Body is ClientHello hello
            ? new SslV2ClientHello(
                hello.LegacyVersion, [.. hello.CipherSuites.Select(suite => new SslV2CipherSpec(suite.Code))], default,
                hello.Random)
            : null);
}

using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>What is left of SSL 2.0.</summary>
internal static class SslV2Rules
{
    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "ssl2-negotiated", "RFC 6176, Section 3; RFC 9325, Section 3.1",
            "Nobody negotiates SSL 2.0: who is in between changes what the ends agree on, and cuts off what they say.",
            Severity.Warning,
            Negotiated),
        Rule.OfHandshake(
            "ssl2-hello-form", "RFC 6176, Section 3",
            "A client of TLS does not say hello in the form of SSL 2.0, which has no extensions.",
            Severity.Note,
            HelloForm),
    ];

    private static void Negotiated(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var item in handshake.Sent)
        {
            if (item.Message is { Fault: null, Body: SslV2ServerHello hello })
                hits.Add($"Expected TLS 1.2 or newer. Got: {hello.Version}, {Listing.Of(hello.CipherSpecs)}.", item);
        }
    }

    private static void HelloForm(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var item in handshake.Sent)
        {
            if (item.Message is { Fault: null, Body: SslV2ClientHello hello } && hello.Version > ProtocolVersion.Ssl2)
                hits.Add($"Expected a ClientHello of TLS. Got: the form of SSL 2.0, for {hello.Version}.", item);
        }
    }
}

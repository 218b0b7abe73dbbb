using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Quirks;

/// <summary>What is said behind the hello, in which order, and how often.</summary>
internal static class HandshakeQuirks
{
    private static readonly ScriptStep ChangeCipherSpec = ScriptStep.Send(ContentType.ChangeCipherSpec);
    private static readonly ScriptStep Finished = ScriptStep.Send(HandshakeType.Finished);
    private static readonly ScriptStep Hello = ScriptStep.Send(HandshakeType.ClientHello);

    public static readonly IReadOnlyList<Quirk> Rows =
    [
        new("handshake-coalesced",
            "puts messages that follow one another into one record",
            "peers that expect one message in a record",
            "RFC 8446, Section 5.1; RFC 5246, Section 6.2.1",
            behaviour => behaviour.CoalescesMessages = true)
        {
            Of = QuirkSide.Both,
        },
        new("finished-wrong",
            "alters the last octet of its Finished",
            "decrypt_error",
            "RFC 8446, Section 4.4.4; RFC 5246, Section 7.4.9",
            behaviour => behaviour.Message = Alters(HandshakeType.Finished, behaviour.Message))
        {
            Ends = QuirkEnding.Refused,
            Of = QuirkSide.Both,
        },
        new("finished-short",
            "sends a Finished without its last octet",
            "decode_error",
            "RFC 8446, Section 4.4.4",
            behaviour => behaviour.Message = Shortens(HandshakeType.Finished, behaviour.Message))
        {
            Ends = QuirkEnding.Refused,
            Of = QuirkSide.Both,
        },
        new("key-exchange-wrong",
            "alters the last octet of its ClientKeyExchange",
            "an alert, and no word about why (RSA), or illegal_parameter (a point that is on no curve)",
            "RFC 5246, Section 7.4.7.1; RFC 8422, Section 5.11",
            behaviour => behaviour.Message = Alters(HandshakeType.ClientKeyExchange, behaviour.Message))
        {
            Ends = QuirkEnding.Refused,
            Newest = ProtocolVersion.Tls12,
        },
        new("change-cipher-spec-early",
            "sends ChangeCipherSpec right behind its hello",
            "unexpected_message; OpenSSL before 1.0.1h took it (CVE-2014-0224)",
            "RFC 5246, Section 7.1",
            behaviour => behaviour.Replace(Hello, Hello, ChangeCipherSpec))
        {
            Ends = QuirkEnding.Refused,
            Newest = ProtocolVersion.Tls12,
        },
        new("change-cipher-spec-missing",
            "sends its Finished without ChangeCipherSpec",
            "unexpected_message",
            "RFC 5246, Section 7.1",
            behaviour => behaviour.Replace(ChangeCipherSpec))
        {
            Ends = QuirkEnding.Refused,
            Newest = ProtocolVersion.Tls12,
            Of = QuirkSide.Both,
        },
        new("middlebox-compatibility-off",
            "sends no ChangeCipherSpec in TLS 1.3",
            "middleboxes that let nothing pass that does not look like TLS 1.2",
            "RFC 8446, Appendix D.4",
            behaviour => behaviour.Replace(ChangeCipherSpec))
        {
            Oldest = ProtocolVersion.Tls13,
        },
        new("change-cipher-spec-twice",
            "sends ChangeCipherSpec twice",
            "unexpected_message",
            "RFC 5246, Section 7.1",
            behaviour => behaviour.Replace(ChangeCipherSpec, ChangeCipherSpec, ChangeCipherSpec))
        {
            Ends = QuirkEnding.Refused,
            Newest = ProtocolVersion.Tls12,
            Of = QuirkSide.Both,
        },
        new("finished-twice",
            "sends its Finished twice",
            "unexpected_message",
            "RFC 8446, Section 4.4.4; RFC 5246, Section 7.4.9",
            behaviour => behaviour.Replace(Finished, Finished, Finished))
        {
            Ends = QuirkEnding.Refused | QuirkEnding.Left,
            Of = QuirkSide.Both,
        },
        new("renegotiation",
            "shakes hands a second time before it says anything",
            "no_renegotiation, or a second handshake",
            "RFC 5246, Section 7.4.1.2; RFC 5746",
            behaviour => behaviour.Renegotiates = true)
        {
            Ends = QuirkEnding.Either | QuirkEnding.Left,
            Newest = ProtocolVersion.Tls12,
        },
        new("certificate-unasked",
            "sends a Certificate that nobody asked for",
            "unexpected_message",
            "RFC 8446, Section 4.4.2; RFC 5246, Section 7.4.6",
            behaviour =>
            {
                var before = behaviour.Script;
                behaviour.Script = steps => WithCertificate(before(steps));
            })
        {
            Ends = QuirkEnding.Refused,
        },
        new("hello-twice",
            "sends a second hello before the server has answered the first",
            "unexpected_message",
            "RFC 8446, Section 4.1.2; RFC 5246, Section 7.4.1",
            behaviour => behaviour.Replace(Hello, Hello, Hello))
        {
            Ends = QuirkEnding.Refused | QuirkEnding.Left,
        },
    ];

    private static IEnumerable<ScriptStep> WithCertificate(IEnumerable<ScriptStep> steps)
    {
        var isSent = false;
        foreach (var step in steps)
        {
            if (!isSent && (step == ScriptStep.Send(HandshakeType.ClientKeyExchange) || step == Finished))
            {
                isSent = true;
                yield return ScriptStep.Send(HandshakeType.Certificate);
            }
            yield return step;
        }
    }

    private static Func<HandshakeType, byte[], byte[]> Alters(
        HandshakeType of, Func<HandshakeType, byte[], byte[]> before) => (type, message) =>
        {
            var sent = before(type, message);
            if (type == of) sent[^1] ^= 1;
            return sent;
        };

    private static Func<HandshakeType, byte[], byte[]> Shortens(
        HandshakeType of, Func<HandshakeType, byte[], byte[]> before) => (type, message) =>
        {
            var sent = before(type, message);
            if (type != of) return sent;
            sent[3]--; // the lowest octet of its length, which is 12 or more
            return sent[..^1];
        };
}

using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Certificates;

/// <summary>Certificates on request, and the signatures that go with certificates.</summary>
internal static class ClientCertificateRules
{
    private const Direction Client = Direction.ClientToServer;
    private const Direction Server = Direction.ServerToClient;

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "client-certificate-unasked", "RFC 8446, Section 4.4.2; RFC 5246, Section 7.4.6",
            "A client shows a certificate only if it is asked for one.",
            Severity.Error,
            Unasked),
        Rule.OfHandshake(
            "client-certificate-missing", "RFC 8446, Section 4.4.2; RFC 5246, Section 7.4.6",
            "A client that is asked for a certificate answers, with an empty list if it has none.",
            Severity.Error,
            Missing),
        Rule.OfHandshake(
            "certificate-verify-missing", "RFC 8446, Section 4.4.3; RFC 5246, Section 7.4.8",
            "Who shows a certificate that can sign proves with a signature that it is its own.",
            Severity.Error,
            VerifyMissing),
        Rule.OfHandshake(
            "certificate-verify-unasked", "RFC 8446, Section 4.4.3; RFC 5246, Section 7.4.8",
            "Who shows no certificate sends no CertificateVerify.",
            Severity.Error,
            VerifyUnasked),
    ];

    private static void Unasked(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { } choice || Certificate(handshake, Client) is not { } certificate) return;
        if (handshake.First(Server, HandshakeType.CertificateRequest) is not null) return;
        var course = handshake.Course;
        var last = choice.Version.IsTls13 ? HandshakeType.Finished : HandshakeType.ServerHelloDone;
        var end = handshake.First(Server, last);
        // Later, a request of TLS 1.3 may come at any time.
        if (course.Knows(Server, course.PositionOf(end)) && course.PositionOf(certificate) < course.Finished(Client))
            hits.Add("Expected no Certificate without CertificateRequest. Got: one.", certificate);
    }

    // RFC 6101, Section 5.6.6: SSL 3.0 has an alert for it.
    private static void Missing(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { } choice || choice.Version <= ProtocolVersion.Ssl3) return;
        var course = handshake.Course;
        var request = course.PositionOf(handshake.First(Server, HandshakeType.CertificateRequest));
        if (request == HandshakeCourse.Never || request > course.Finished(Server)) return;
        var end = choice.Version.IsTls13
            ? course.Finished(Client)
            : course.PositionOf(handshake.First(Client, HandshakeType.ClientKeyExchange));
        if (course.Knows(Client, end) && course.PositionOf(Certificate(handshake, Client)) > end
            && handshake.First(Client, HandshakeType.CertificateUrl) is null)
            hits.Add("Expected Certificate after CertificateRequest. Got: none.", course.Events[end]);
    }

    private static void VerifyMissing(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { CipherSuite.Info: { } suite } choice) return;
        foreach (var from in (Direction[])[Client, Server])
        {
            // Up to TLS 1.2 a server proves its key otherwise, and so does a client whose key is a static one.
            if (!choice.Version.IsTls13 && (from == Server || IsStatic(suite.KeyExchange))) continue;
            if (Certificate(handshake, from) is not { } certificate || IsEmpty(certificate)) continue;
            var course = handshake.Course;
            var end = choice.Version.IsTls13 ? course.Finished(from) : course.ChangeCipherSpec(from);
            if (course.Knows(from, end) && course.PositionOf(certificate) < end
                && course.PositionOf(handshake.First(from, HandshakeType.CertificateVerify)) > end)
                hits.Add(
                    "Expected CertificateVerify after Certificate. Got: none.", course.Events[end]);
        }
    }

    private static void VerifyUnasked(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is null) return;
        foreach (var from in (Direction[])[Client, Server])
        {
            if (handshake.First(from, HandshakeType.CertificateVerify) is not { } verify) continue;
            if (!handshake.Course.Knows(from, handshake.Course.PositionOf(verify))) continue;
            var certificate = Certificate(handshake, from);
            var isMissing = handshake.Course.PositionOf(certificate) > handshake.Course.PositionOf(verify)
                && handshake.First(from, HandshakeType.CertificateUrl) is null;
            if (isMissing || (certificate is not null && IsEmpty(certificate)))
                hits.Add("Expected no CertificateVerify without a certificate. Got: one.", verify);
        }
    }

    private static HandshakeEvent? Certificate(SeenHandshake handshake, Direction from) =>
        handshake.First(from, HandshakeType.Certificate) ?? handshake.First(from, HandshakeType.CompressedCertificate);

    private static bool IsEmpty(HandshakeEvent item) => item.Message.Body switch
    {
        Certificate plain => plain.Entries.Count == 0,
        // RFC 8446, Section 4.4.2: four octets are the lengths of an empty context and of an empty list.
        CompressedCertificate packed => packed.UncompressedLength == 4,
        _ => false,
    };

    private static bool IsStatic(KeyExchangeAlgorithm algorithm) =>
        algorithm is KeyExchangeAlgorithm.Dh or KeyExchangeAlgorithm.Ecdh or KeyExchangeAlgorithm.Gost;
}

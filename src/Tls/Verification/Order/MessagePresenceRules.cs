using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Order;

/// <summary>Messages that the agreed key exchange needs or has no use for.</summary>
internal static class MessagePresenceRules
{
    private const Direction Client = Direction.ClientToServer;
    private const Direction Server = Direction.ServerToClient;

    // RFC 5246, Section 7.4.3; RFC 8422, Section 5.4; RFC 4279, Sections 2 to 4; RFC 5054, Section 2.2. RSA has one if
    // its key is too long for export. What has no row may have one or not.
    private static readonly Dictionary<KeyExchangeAlgorithm, bool> HasServerKeyExchange = new()
    {
        [KeyExchangeAlgorithm.Ecdhe] = true,
        [KeyExchangeAlgorithm.Dhe] = true,
        [KeyExchangeAlgorithm.EcdhePsk] = true,
        [KeyExchangeAlgorithm.DhePsk] = true,
        [KeyExchangeAlgorithm.Srp] = true,
        [KeyExchangeAlgorithm.Rsa] = false,
        [KeyExchangeAlgorithm.Dh] = false,
        [KeyExchangeAlgorithm.Ecdh] = false,
    };

    // RFC 5246, Section 7.4.2; RFC 4279, Section 2: whether the server shows a certificate.
    private static readonly Dictionary<AuthenticationAlgorithm, bool> HasCertificate = new()
    {
        [AuthenticationAlgorithm.Rsa] = true,
        [AuthenticationAlgorithm.Ecdsa] = true,
        [AuthenticationAlgorithm.Dss] = true,
        [AuthenticationAlgorithm.Psk] = false,
        [AuthenticationAlgorithm.Anon] = false,
    };

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "server-key-exchange-missing", "RFC 5246, Section 7.4.3; RFC 8422, Section 5.4",
            "A server with an ephemeral key sends it in ServerKeyExchange.",
            Severity.Error,
            (handshake, hits) => ServerKeyExchange(handshake, isNeeded: true, hits)),
        Rule.OfHandshake(
            "server-key-exchange-unasked", "RFC 5246, Section 7.4.3",
            "A server whose certificate holds the key that is exchanged sends no ServerKeyExchange.",
            Severity.Error,
            (handshake, hits) => ServerKeyExchange(handshake, isNeeded: false, hits)),
        Rule.OfHandshake(
            "server-certificate-missing", "RFC 8446, Section 4.4.2; RFC 5246, Section 7.4.2",
            "A server that is authenticated by a certificate shows it.",
            Severity.Error,
            ServerCertificateMissing),
        Rule.OfHandshake(
            "server-certificate-unasked", "RFC 8446, Section 2.2; RFC 4279, Section 2",
            "A server that is authenticated by a pre-shared key, or not at all, shows no certificate.",
            Severity.Error,
            (handshake, hits) => Unfitting(handshake, HandshakeType.Certificate, hits)),
        Rule.OfHandshake(
            "certificate-request-unfitting", "RFC 8446, Section 4.3.2; RFC 5246, Section 7.4.4",
            "A server that shows no certificate asks for none in the handshake.",
            Severity.Error,
            (handshake, hits) => Unfitting(handshake, HandshakeType.CertificateRequest, hits)),
        Rule.OfHandshake(
            "certificate-status-not-agreed", "RFC 6066, Section 8",
            "A server sends CertificateStatus only if its ServerHello has status_request.",
            Severity.Error,
            StatusNotAgreed),
        Rule.OfHandshake(
            "certificate-status-missing", "RFC 6066, Section 8",
            "A server that answers status_request may yet send no CertificateStatus.",
            Severity.Note,
            StatusMissing),
    ];

    private static void ServerKeyExchange(SeenHandshake handshake, bool isNeeded, RuleHits hits)
    {
        if (handshake.Choice?.CipherSuite.Info is not { } suite
            || suite.Name.Contains("EXPORT", StringComparison.Ordinal)
            || !HasServerKeyExchange.TryGetValue(suite.KeyExchange, out var has) || has != isNeeded) return;

        var exchange = handshake.First(Server, HandshakeType.ServerKeyExchange);
        if (!isNeeded && exchange is not null)
            hits.Add($"Expected no ServerKeyExchange with {suite.Name}. Got: one.", exchange);
        if (isNeeded && exchange is null && WholeFlight(handshake) is { } end)
            hits.Add($"Expected ServerKeyExchange with {suite.Name}. Got: none.", end);
    }

    private static void ServerCertificateMissing(SeenHandshake handshake, RuleHits hits)
    {
        if (ShowsCertificate(handshake) != true || ServerCertificate(handshake) is not null) return;
        if (WholeFlight(handshake) is { } end)
            hits.Add($"Expected Certificate with {handshake.Choice!.CipherSuite}. Got: none.", end);
    }

    private static void Unfitting(SeenHandshake handshake, HandshakeType type, RuleHits hits)
    {
        if (ShowsCertificate(handshake) != false) return;
        var item = type == HandshakeType.Certificate ? ServerCertificate(handshake) : handshake.First(Server, type);
        if (item is null || handshake.Course.PositionOf(item) > handshake.Course.Finished(Server)) return;
        var how = handshake.Choice!.Version.IsTls13 ? "pre_shared_key" : handshake.Choice.CipherSuite.ToString();
        hits.Add($"Expected no {item.Message.Type} with {how}. Got: one.", item);
    }

    private static void StatusNotAgreed(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { Version.IsTls13: false } choice || AnswersStatus(choice)) return;
        if (handshake.First(Server, HandshakeType.CertificateStatus) is { } status)
            hits.Add(
                "Expected no CertificateStatus, as ServerHello has no status_request. Got: one.", status);
    }

    private static void StatusMissing(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { Version.IsTls13: false } choice || !AnswersStatus(choice)) return;
        if (handshake.First(Server, HandshakeType.CertificateStatus) is null && WholeFlight(handshake) is { } end)
            hits.Add("Expected CertificateStatus. Got: none.", end);
    }

    private static bool AnswersStatus(ServerHello choice) =>
        choice.Extensions.Has(ExtensionType.StatusRequest) || choice.Extensions.Has(ExtensionType.StatusRequestV2);

    // Null if it may or may not.
    private static bool? ShowsCertificate(SeenHandshake handshake)
    {
        if (handshake.Choice is not { CipherSuite.Info: { } suite } choice) return null;
        if (!choice.Version.IsTls13)
            return HasCertificate.TryGetValue(suite.Authentication, out var has) ? has : null;
        // RFC 8773, Section 5: a certificate beside an external pre-shared key
        if (choice.Extensions.Has(ExtensionType.TlsCertWithExternPsk)) return null;
        return !choice.Extensions.Has(ExtensionType.PreSharedKey);
    }

    private static HandshakeEvent? ServerCertificate(SeenHandshake handshake) =>
        handshake.First(Server, HandshakeType.Certificate)
        ?? handshake.First(Server, HandshakeType.CompressedCertificate);

    // The end of the server's flight, if nothing of the flight is missing in the capture.
    private static ConnectionEvent? WholeFlight(SeenHandshake handshake)
    {
        var end = handshake.Choice!.Version.IsTls13 ? HandshakeType.Finished : HandshakeType.ServerHelloDone;
        var position = handshake.Course.PositionOf(handshake.First(Server, end));
        return handshake.Course.Knows(Server, position) ? handshake.Course.Events[position] : null;
    }
}

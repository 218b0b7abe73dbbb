using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>Choices that are wrong whatever was offered.</summary>
internal static class ServerChoiceRules
{
    // RFC 5246, Section 7.4.2; RFC 8422, Section 2: how the names of fitting keys begin. The static kinds of
    // Diffie-Hellman are left out: theirs is the key of the issuer.
    private static readonly Dictionary<AuthenticationAlgorithm, string[]> Keys = new()
    {
        [AuthenticationAlgorithm.Rsa] = ["rsa"],
        [AuthenticationAlgorithm.Ecdsa] = ["ecdsa", "ed25519", "ed448"],
        [AuthenticationAlgorithm.Dss] = ["dsa"],
    };

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "suite-not-of-certificate", "RFC 5246, Section 7.4.2; RFC 8422, Section 2",
            "The key of the server's certificate is of the kind that the cipher suite names.",
            Severity.Error,
            SuiteNotOfCertificate),
        Rule.OfHandshake(
            "grease-chosen", "RFC 8701, Section 3.2",
            "A server never chooses a value that is sent only to be ignored.",
            Severity.Error,
            GreaseChosen),
        Rule.OfHandshake(
            "scheme-not-of-version", "RFC 8446, Section 4.2.3; RFC 8446, Section 4.4.3",
            "In TLS 1.3 nobody signs with RSASSA-PKCS1, DSA or SHA-1.",
            Severity.Error,
            SchemeNotOfVersion),
        Rule.OfHandshake(
            "version-deprecated", "RFC 8996, Section 4; RFC 8996, Section 5; RFC 7568, Section 3",
            "Nobody negotiates what is older than TLS 1.2.",
            Severity.Note,
            VersionDeprecated),
        Rule.OfHandshake(
            "compression-chosen", "RFC 9325, Section 3.3; RFC 7457, Section 2.6",
            "Nobody compresses: the length of what is sent then tells of its content.",
            Severity.Note,
            CompressionChosen),
        Rule.OfHandshake(
            "extended-master-secret-absent", "RFC 7627, Section 5.2",
            "Up to TLS 1.2 the master secret covers the whole handshake; some peers refuse another.",
            Severity.Note,
            ExtendedMasterSecretAbsent),
    ];

    private static void SuiteNotOfCertificate(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice?.CipherSuite.Info is not { } suite
            || !Keys.TryGetValue(suite.Authentication, out var fitting)) return;
        if (suite.KeyExchange is KeyExchangeAlgorithm.Dh or KeyExchangeAlgorithm.Ecdh) return;
        if (handshake.First(Direction.ServerToClient, HandshakeType.Certificate) is not { } item) return;
        if (item.Message.Body is not Certificate { Entries: [{ Summary.Key: var key } leaf, ..] }) return;
        // RFC 4055, Section 1.2: a key for RSASSA-PSS alone decrypts nothing.
        var decrypts = suite.KeyExchange is KeyExchangeAlgorithm.Rsa or KeyExchangeAlgorithm.RsaPsk;
        if (Begins(key, fitting) && !(decrypts && Begins(key, ["rsa-pss"]))) return;
        // A key that no suite names is one that this table does not know.
        if (Keys.Values.Any(kinds => Begins(key, kinds)))
            hits.Add($"Expected a key for {suite.Name}. Got: {key}.", item, leaf.Data);
    }

    private static bool Begins(string key, string[] kinds) =>
        Array.Exists(kinds, kind => key.StartsWith(kind, StringComparison.Ordinal));

    private static void GreaseChosen(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var item in handshake.Sent)
        {
            if (item.Direction == Direction.ServerToClient) Choices(item.Message.Body, item, hits);
        }
    }

    private static void SchemeNotOfVersion(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { Version.IsTls13: true }) return;
        foreach (var item in handshake.Sent)
        {
            if (item.Message.Body is not CertificateVerify { Scheme: { } scheme }) continue;
            if (SignatureSchemes.Find(scheme.Code) is { } info
                && (info.Algorithm is SignatureAlgorithm.RsaPkcs1 or SignatureAlgorithm.Dsa
                    || info.Hash is "SHA1" or "MD5" or "SHA224"))
                hits.Add($"Expected a scheme of TLS 1.3. Got: {scheme}.", item);
        }
    }

    private static void VersionDeprecated(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is { } choice && choice.Version < ProtocolVersion.Tls12)
            hits.Add($"Expected TLS 1.2 or newer. Got: {choice.Version}.", handshake.ServerHello!);
    }

    private static void CompressionChosen(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is { } choice && choice.CompressionMethod != CompressionMethod.Null)
            hits.Add($"Expected null. Got: {choice.CompressionMethod}.", handshake.ServerHello!);
    }

    // SSL 3.0 has no extensions.
    private static void ExtendedMasterSecretAbsent(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake is not { Offer: { } offer, Choice: { Version.IsTls13: false } choice }) return;
        if (choice.Version <= ProtocolVersion.Ssl3) return;
        if (choice.Extensions.Has(ExtensionType.ExtendedMasterSecret)) return;
        var isAsked = offer.Extensions.Has(ExtensionType.ExtendedMasterSecret);
        if (isAsked) hits.Add("Expected extended_master_secret of the server too. Got: none.", handshake.ServerHello!);
        else hits.Add("Expected extended_master_secret of the client. Got: none.", handshake.ClientHello!);
    }

    private static void Choices(HandshakeBody body, HandshakeEvent item, RuleHits hits)
    {
        switch (body)
        {
            case ServerHello hello:
                Choice("cipher suite", hello.CipherSuite.Code, item, hits);
                Choice("version", hello.Version.Code, item, hits);
                var share = hello.Extensions.Find<KeyShareExtension>();
                if (share?.SelectedGroup is { } selected) Choice("group", selected.Code, item, hits);
                foreach (var entry in share?.Entries ?? []) Choice("group", entry.Group.Code, item, hits);
                break;
            case ServerKeyExchange exchange:
                if (exchange.NamedCurve is { } curve) Choice("group", curve.Code, item, hits);
                if (exchange.Scheme is { } signed) Choice("signature scheme", signed.Code, item, hits);
                break;
            case CertificateVerify { Scheme: { } scheme }:
                Choice("signature scheme", scheme.Code, item, hits);
                break;
        }
        if (body is not (ServerHello or EncryptedExtensions)) return;
        foreach (var extension in body.Extensions) Choice("extension", extension.Type.Code, item, hits);
    }

    private static void Choice(string what, ushort code, HandshakeEvent item, RuleHits hits)
    {
        if (Grease.Is(code)) hits.Add($"Expected a {what} of a registry. Got: 0x{code:x4}.", item);
    }
}

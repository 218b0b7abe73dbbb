using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

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

    private static IEnumerable<RuleHit> SuiteNotOfCertificate(SeenHandshake handshake)
    {
        if (handshake.Choice?.CipherSuite.Info is not { } suite
            || !Keys.TryGetValue(suite.Authentication, out var fitting)) yield break;
        if (suite.KeyExchange is KeyExchangeAlgorithm.Dh or KeyExchangeAlgorithm.Ecdh) yield break;
        foreach (var (certificate, item) in handshake.Seen<Certificate>(Direction.ServerToClient).Take(1))
        {
            if (certificate.Entries is not [{ Summary.Key: var key } leaf, ..]) continue;
            // A key that no suite names is one that this table does not know.
            if (!Keys.Values.Any(kinds => Begins(key, kinds))) continue;
            // RFC 4055, Section 1.2: a key for RSASSA-PSS alone decrypts nothing.
            var decrypts = suite.KeyExchange is KeyExchangeAlgorithm.Rsa or KeyExchangeAlgorithm.RsaPsk;
            if (!Begins(key, fitting) || (decrypts && Begins(key, ["rsa-pss"])))
                yield return new RuleHit($"Expected a key for {suite.Name}. Got: {key}.", item, leaf.Data);
        }
    }

    private static bool Begins(string key, string[] kinds) =>
        Array.Exists(kinds, kind => key.StartsWith(kind, StringComparison.Ordinal));

    private static IEnumerable<RuleHit> GreaseChosen(SeenHandshake handshake)
    {
        foreach (var item in handshake.Messages)
        {
            if (item.Direction != Direction.ServerToClient) continue;
            foreach (var (what, code) in Choices(item.Message.Body))
            {
                if (Grease.Is(code))
                    yield return new RuleHit($"Expected a {what} of a registry. Got: 0x{code:x4}.", item);
            }
        }
    }

    private static IEnumerable<RuleHit> SchemeNotOfVersion(SeenHandshake handshake)
    {
        if (handshake.Choice is not { Version.IsTls13: true }) yield break;
        foreach (var item in handshake.Messages)
        {
            if (item.Message.Body is not CertificateVerify { Scheme: { } scheme }) continue;
            if (SignatureSchemes.Find(scheme.Code) is { } info
                && (info.Algorithm is SignatureAlgorithm.RsaPkcs1 or SignatureAlgorithm.Dsa
                    || info.Hash is "SHA1" or "MD5" or "SHA224"))
                yield return new RuleHit($"Expected a scheme of TLS 1.3. Got: {scheme}.", item);
        }
    }

    private static IEnumerable<RuleHit> VersionDeprecated(SeenHandshake handshake)
    {
        if (handshake.Choice is { } choice && choice.Version < ProtocolVersion.Tls12)
            yield return new RuleHit($"Expected TLS 1.2 or newer. Got: {choice.Version}.", handshake.ServerHello!);
    }

    private static IEnumerable<RuleHit> CompressionChosen(SeenHandshake handshake)
    {
        if (handshake.Choice is { } choice && choice.CompressionMethod != CompressionMethod.Null)
            yield return new RuleHit($"Expected null. Got: {choice.CompressionMethod}.", handshake.ServerHello!);
    }

    // SSL 3.0 has no extensions.
    private static IEnumerable<RuleHit> ExtendedMasterSecretAbsent(SeenHandshake handshake)
    {
        if (handshake is not { Offer: { } offer, Choice: { Version.IsTls13: false } choice }) yield break;
        if (choice.Version <= ProtocolVersion.Ssl3) yield break;
        if (choice.Extensions.Has(ExtensionType.ExtendedMasterSecret)) yield break;
        var isAsked = offer.Extensions.Has(ExtensionType.ExtendedMasterSecret);
        var whose = isAsked ? "the server does not answer it" : "the client does not ask";
        yield return new RuleHit($"Expected extended_master_secret. Got: none, as {whose}.", handshake.ServerHello!);
    }

    private static IEnumerable<(string What, ushort Code)> Choices(HandshakeBody body)
    {
        switch (body)
        {
            case ServerHello hello:
                yield return ("cipher suite", hello.CipherSuite.Code);
                yield return ("version", hello.Version.Code);
                var share = hello.Extensions.Find<KeyShareExtension>();
                if (share?.SelectedGroup is { } selected) yield return ("group", selected.Code);
                foreach (var entry in share?.Entries ?? []) yield return ("group", entry.Group.Code);
                break;
            case ServerKeyExchange exchange:
                if (exchange.NamedCurve is { } curve) yield return ("group", curve.Code);
                if (exchange.Scheme is { } signed) yield return ("signature scheme", signed.Code);
                break;
            case CertificateVerify { Scheme: { } scheme }:
                yield return ("signature scheme", scheme.Code);
                break;
        }
        if (body is not (ServerHello or EncryptedExtensions)) yield break;
        foreach (var extension in body.Extensions) yield return ("extension", extension.Type.Code);
    }
}

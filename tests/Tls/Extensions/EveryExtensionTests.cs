using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Tests.Messages;
using TlsInterop.Tls.Tests.RoundTrip;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Extensions.ExtensionPlace;

namespace TlsInterop.Tls.Tests.Extensions;

/// <summary>A sample of each form of each extension: read, described, cut, changed and written.</summary>
public sealed class EveryExtensionTests
{
    private static readonly object[][] Samples =
    [
        [ExtensionType.ClientCertificateUrl, ClientHello, "", ""],
        [ExtensionType.TrustedCaKeys, ClientHello, "0030 00 01" + Twenty + "02 0002 3000 03" + Twenty,
            "pre_agreed, key_sha1_hash, x509_name, cert_sha1_hash"],
        [ExtensionType.TrustedCaKeys, ServerHello, "", ""],
        [ExtensionType.TruncatedHmac, ServerHello, "", ""],
        [ExtensionType.StatusRequest, ClientHello, "01 0005 0003 a1a2a3 0002 3000", "ocsp"],
        [ExtensionType.UserMapping, ClientHello, "02 40 41", "upn_domain_hint, 0x41"],
        [ExtensionType.ClientAuthz, ClientHello, "02 00 01", "x509_attr_cert, saml_assertion"],
        [ExtensionType.ServerAuthz, ServerHello, "01 03", "saml_assertion_url"],
        [ExtensionType.CertType, ClientHello, "02 01 00", "OpenPGP, X509"],
        [ExtensionType.CertType, ServerHello, "01", "OpenPGP"],
        [ExtensionType.ClientCertificateType, ClientHello, "02 02 00", "RawPublicKey, X509"],
        [ExtensionType.ServerCertificateType, EncryptedExtensions, "02", "RawPublicKey"],
        [ExtensionType.Srp, ClientHello, "05 616c696365", "alice"],
        [ExtensionType.UseSrtp, ClientHello, "0004 0007 0001 00", "SRTP_AEAD_AES_128_GCM, SRTP_AES128_CM_HMAC_SHA1_80"],
        [ExtensionType.Heartbeat, ServerHello, "01", "peer_allowed_to_send"],
        [ExtensionType.StatusRequestV2, ClientHello, "000e 02 0004 0000 0000 01 0004 0000 0000", "ocsp_multi, ocsp"],
        [ExtensionType.StatusRequestV2, ClientHello, "0005 09 0002 abcd", "0x09"],
        [ExtensionType.StatusRequestV2, ServerHello, "", ""],
        [ExtensionType.TokenBinding, ClientHello, "01 00 02 02 01", "1.0, ecdsap256, rsa2048_pss"],
        [ExtensionType.CachedInfo, ClientHello, "0008 01 02 aabb 02 02 ccdd", "cert, cert_req"],
        [ExtensionType.CachedInfo, ServerHello, "0002 01 02", "cert, cert_req"],
        [ExtensionType.TlsCertWithExternPsk, ClientHello, "", ""],
        [ExtensionType.DelegatedCredential, ClientHello, "0004 0403 0807", "ecdsa_secp256r1_sha256, ed25519"],
        [ExtensionType.DelegatedCredential, CertificateRequest, "0002 0403", "ecdsa_secp256r1_sha256"],
        [ExtensionType.DelegatedCredential, Certificate, "00093a80 0807 000003 300100 0403 0004 01020304",
            "ed25519, signed ecdsa_secp256r1_sha256"],
        [ExtensionType.SupportedEktCiphers, ClientHello, "02 01 00", "AESKW256, AESKW128"],
        [ExtensionType.SupportedEktCiphers, EncryptedExtensions, "01", "AESKW256"],
        [ExtensionType.KeyShareDraft, ServerHello, "001d 0002 abcd", "x25519 KeyShare (2)"],
        [ExtensionType.OidFilters, CertificateRequest, "0013 05 0603551d25 0004 30020101 04 06022a03 0000",
            "2.5.29.37, 1.2.3"],
        [ExtensionType.TransparencyInfo, ClientHello, "", ""],
        [ExtensionType.TransparencyInfo, Certificate, "0006 0004 0003 abcd", "x509_sct_v2"],
        [ExtensionType.ConnectionId, ClientHello, "02 abcd", "ConnectionId"],
        [ExtensionType.ConnectionId, ServerHello, "00", "(empty)"],
        [ExtensionType.ExternalIdHash, ClientHello, "20" + Twenty + "000102030405060708090a0b", "IdentityHash"],
        [ExtensionType.ExternalIdHash, EncryptedExtensions, "00", "(empty)"],
        [ExtensionType.ExternalSessionId, ClientHello, "14" + Twenty, "ExternalSessionId"],
        [ExtensionType.QuicTransportParameters, ClientHello, "01 02 6710 4003 01 05 c000000000000005 00",
            "3 parameters"],
        [ExtensionType.TicketRequest, ClientHello, "02 01", "new_session_count 2, resumption_count 1"],
        [ExtensionType.TicketRequest, EncryptedExtensions, "02", "expected_count 2"],
        [ExtensionType.DnssecChain, ClientHello, "01bb", "port 443"],
        [ExtensionType.DnssecChain, Certificate, "0018 0003 010203", "lifetime 24 h"],
        [ExtensionType.Rrc, ClientHello, "", ""],
        [ExtensionType.TlsFlags, ClientHello, "02 01 82", "0, 9, 15"],
        [ExtensionType.NextProtocolNegotiation, ClientHello, "", ""],
        [ExtensionType.NextProtocolNegotiation, ServerHello, "06 737064792f33 08 687474702f312e31", "spdy/3, http/1.1"],
        [ExtensionType.ApplicationSettings, ClientHello, "0003 02 6832", "h2"],
        [ExtensionType.ApplicationSettingsDraft, EncryptedExtensions, "abcdef", "settings 3 bytes"],
        [ExtensionType.ChannelId, ServerHello, "", ""],
        [ExtensionType.EchOuterExtensions, ClientHello, "04 000d 0033", "signature_algorithms, key_share"],
        [ExtensionType.EncryptedClientHello, ClientHello, "00 0001 0003 2a 0004 01020304 0003 aabbcc",
            "outer, HKDF-SHA256/ChaCha20Poly1305, enc 4 bytes"],
        [ExtensionType.EncryptedClientHello, ClientHello, "01", "inner"],
        [ExtensionType.EncryptedClientHello, HelloRetryRequest, "0102030405060708", "confirmation"],
        [ExtensionType.EncryptedClientHello, EncryptedExtensions,
            "0028 fe0d 001e 2a 0020 0004 01020304 0004 0001 0001 10 07 65782e74657374 0004 8001 0000 fe0a 0002 ffff",
            "retry_configs ex.test, 0xfe0a"],
        [ExtensionType.SignedCertificateTimestamp, Certificate,
            "0035 0033 00" + Twenty + "000102030405060708090a0b 0000018bcfe56800 0000 0403 0004 01020304",
            "1 timestamps"],
    ];

    /// <summary>The same as samples of messages.</summary>
    internal static IEnumerable<ExtensionSample> RoundTripSamples => Samples.Select(row =>
        new ExtensionSample((ExtensionType)row[0], (ExtensionPlace)row[1], (string)row[2]));

    private const string Twenty = "00112233445566778899aabbccddeeff00112233";

    [TestCaseSource(nameof(Samples))]
    public void It_is_read_described_and_written(
        ExtensionType type, ExtensionPlace place, string data, string description)
    {
        var extension = CheckedExtension.Read(type, place, Hex.Of(data));

        Assert.That(extension.Fault, Is.Null);
        Assert.That(extension.Body, Is.Not.TypeOf<UnknownExtensionBody>());
        Assert.That(extension.Body.Describe(new PlainTokens()), Is.EqualTo(description));
        Assert.That(Extension.Of(type, extension.Body, place).Data.ToArray(), Is.EqualTo(Hex.Of(data)));
    }

    [TestCaseSource(nameof(Samples))]
    public void Every_prefix_and_every_longer_one_is_a_fault(
        ExtensionType type, ExtensionPlace place, string data, string description)
    {
        var bytes = Hex.Of(data);
        // Empty where a wish may be, and content that ends with the extension, have shorter forms that are right.
        var hasOwnEnd = type != ExtensionType.QuicTransportParameters && type != ExtensionType.NextProtocolNegotiation
            && type != ExtensionType.ApplicationSettingsDraft;
        for (var length = hasOwnEnd ? 1 : bytes.Length; length < bytes.Length; length++)
        {
            var cut = CheckedExtension.Read(type, place, bytes[..length]);
            _ = cut.Body.Describe(new PlainTokens());
            Assert.That(cut.Fault?.Kind, Is.EqualTo(WireFaultKind.Truncated), () => $"{length}: {cut.Fault}");
        }
        if (!hasOwnEnd && bytes.Length > 0) return;
        var longer = CheckedExtension.Read(type, place, [.. bytes, 0]);
        Assert.That(longer.Fault, Is.Not.Null, () => $"{description} and one octet more");
    }

    [TestCaseSource(nameof(Samples))]
    public void A_changed_octet_never_throws(ExtensionType type, ExtensionPlace place, string data, string description)
    {
        var bytes = Hex.Of(data);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            foreach (var value in (byte[])[0, 1, 0x7f, 0x80, 0xff])
            {
                changed[i] = value;
                var extension = CheckedExtension.Read(type, place, changed);
                Assert.That(extension.Body.Describe(new PlainTokens()), Is.Not.Null, description);
                if (extension.Fault is null)
                    Assert.That(Extension.Of(type, extension.Body, place).Data.ToArray(), Is.EqualTo(changed));
            }
        }
    }
}

using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Verification;

/// <summary>Proofs and choices that do not fit what both ends have said.</summary>
public sealed class OfferFindingsTests
{
    private const string Tls10 = "tls1.0-RSA_WITH_AES_128_CBC_SHA";
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string Tls12ClientCertificate = "tls1.2-client-certificate";
    private const string Tls13 = "tls1.3-AES_128_GCM_SHA256";
    private const string Tls13Retry = "tls1.3-HelloRetryRequest";
    private const string Tls13ClientCertificate = "tls1.3-client-certificate";

    [TestCase(Tls12, 20, "finished-verify-data")]
    [TestCase(Tls13, 20, "finished-verify-data")]
    [TestCase(Tls12, 12, "server-key-exchange-signature")]
    [TestCase(Tls13, 15, "certificate-verify-signature")]
    [TestCase(Tls12ClientCertificate, 15, "certificate-verify-signature")]
    public void A_wrong_proof_is_found(string name, byte type, string rule) =>
        Assert.That(
            SessionEvidence.Broken(name, item => item.Message.Type.Code == type
                ? item.Message.Body switch
                {
                    Finished finished => new Finished(Flipped(finished.VerifyData)),
                    CertificateVerify verify => verify with { Signature = Flipped(verify.Signature) },
                    // The signature covers both randoms, so another key exchange of the same server does not fit.
                    ServerKeyExchange => OtherServerKeyExchange(),
                    _ => null,
                }
                : null),
            Is.Not.Empty.And.All.EqualTo(rule));

    [TestCase(Tls12, "version-not-offered")]
    [TestCase(Tls13, "version-not-offered")]
    public void A_version_that_was_not_offered_is_found(string name, string rule) =>
        Assert.That(
            ChangedOffer(name, offer => offer.Extensions.Has(ExtensionType.SupportedVersions)
                ? offer with { ExtensionList = OnlyVersion12(offer.ExtensionList) }
                : offer with { LegacyVersion = ProtocolVersion.Tls11 }),
            Is.EqualTo((string[])[rule]));

    [TestCase(Tls10)]
    [TestCase(Tls13)]
    public void A_suite_that_was_not_offered_is_found(string name) =>
        Assert.That(
            ChangedOffer(name, offer => offer with { CipherSuites = [new CipherSuite(0x1305),
                new CipherSuite(0x00ff)] }),
            Is.EqualTo((string[])["suite-not-offered"]));

    [Test]
    public void A_suite_of_another_version_is_found() =>
        Assert.That(
            SessionEvidence.Broken(Tls10, item => item.Message.Body is ServerHello hello
                ? hello with { CipherSuite = new CipherSuite(0x009c) }
                : item.Message.Body is ClientHello offer
                    ? offer with { CipherSuites = [new CipherSuite(0x009c), new CipherSuite(0x00ff)] } : null),
            Does.Contain("suite-not-of-version"));

    [Test]
    public void A_compression_that_was_not_offered_is_found() =>
        Assert.That(
            ChangedOffer(Tls10, offer => offer with { CompressionMethods = [new CompressionMethod(1)] }),
            Is.EqualTo((string[])["compression-not-offered", "null-compression-missing"]));

    [TestCase(Tls12)]
    [TestCase(Tls13)]
    [TestCase(Tls13Retry)]
    public void A_group_that_was_not_offered_is_found(string name) =>
        Assert.That(
            ChangedOffer(name, offer => offer with { ExtensionList = Replaced(offer, ExtensionType.SupportedGroups, 0,
                2, 0x01, 0x00) }),
            Does.Contain("group-not-offered").And.All.AnyOf("group-not-offered", "share-not-in-groups"));

    [TestCase(Tls12)]
    [TestCase(Tls13)]
    public void A_signature_scheme_that_was_not_offered_is_found(string name) =>
        Assert.That(
            ChangedOffer(name, offer => offer with { ExtensionList = Replaced(offer, ExtensionType.SignatureAlgorithms,
                0, 2, 0x08, 0x07) }),
            Is.EqualTo((string[])["signature-scheme-not-offered"]));

    [TestCase(Tls12ClientCertificate)]
    [TestCase(Tls13ClientCertificate)]
    public void A_client_that_signs_with_a_scheme_that_the_server_did_not_ask_for_is_found(string name) =>
        Assert.That(
            SessionEvidence.Broken(name, item => item.Message.Body is CertificateRequest request
                ? request with { SignatureSchemes = [new SignatureScheme(0x0807)],
                    ExtensionList = OnlyEd25519(request.ExtensionList) }
                : null),
            Is.EqualTo((string[])["signature-scheme-not-offered"]));

    [TestCase(Tls12, typeof(ServerHello), ExtensionPlace.ServerHello)]
    [TestCase(Tls13, typeof(EncryptedExtensions), ExtensionPlace.EncryptedExtensions)]
    public void An_extension_that_was_not_asked_for_is_found(string name, Type message, ExtensionPlace place) =>
        Assert.That(
            SessionEvidence.Broken(name, item => item.Message.Body.GetType() == message
                ? WithExtension(item.Message.Body, new ExtensionType(0x7777), place)
                : null),
            Is.EqualTo((string[])["extension-not-asked"]));

    [TestCase(Tls12, typeof(ServerHello), ExtensionPlace.ServerHello)]
    [TestCase(Tls13, typeof(ClientHello), ExtensionPlace.ClientHello)]
    public void An_extension_that_stands_twice_is_found(string name, Type message, ExtensionPlace place) =>
        Assert.That(
            SessionEvidence.Broken(name, item => item.Message.Body.GetType() == message
                ? WithExtension(item.Message.Body, ExtensionType.ExtendedMasterSecret, place)
                : null),
            Is.EqualTo((string[])["extension-twice"]));

    [Test]
    public void An_answer_to_the_signalling_suite_and_a_cookie_of_a_retry_need_no_question() =>
        Assert.That(
            SessionEvidence.Broken(Tls13Retry, item =>
                item.Message.Body is ServerHello { IsHelloRetryRequest: true } retry
                ? WithExtension(retry, ExtensionType.Cookie, ExtensionPlace.HelloRetryRequest, 0, 1, 7)
                : null),
            Does.Not.Contain("extension-not-asked"));

    private static IEnumerable<string> ChangedOffer(string name, Func<ClientHello, ClientHello> change) =>
        SessionEvidence.Broken(name, item => item.Message.Body is ClientHello offer ? change(offer) : null);

    private static HandshakeBody WithExtension(
        HandshakeBody body, ExtensionType type, ExtensionPlace place, params byte[] data)
    {
        var list = SessionEvidence.With(body.Extensions, type, place, data);
        return body switch
        {
            ClientHello hello => hello with { ExtensionList = list },
            ServerHello hello => hello with { ExtensionList = list },
            _ => new EncryptedExtensions(list),
        };
    }

    private static ExtensionList Replaced(ClientHello offer, ExtensionType type, params byte[] data) =>
        SessionEvidence.With(offer.ExtensionList, type, ExtensionPlace.ClientHello, data, replaces: true);

    private static ExtensionList OnlyVersion12(ExtensionList list) =>
        SessionEvidence.With(list, ExtensionType.SupportedVersions, ExtensionPlace.ClientHello, [2, 3, 3],
            replaces: true);

    private static ExtensionList OnlyEd25519(ExtensionList list) => list.IsPresent
        ? SessionEvidence.With(list, ExtensionType.SignatureAlgorithms, ExtensionPlace.CertificateRequest,
            [0, 2, 8, 7], replaces: true)
        : list;

    private static ServerKeyExchange OtherServerKeyExchange()
    {
        var other = RecordedSession.Load(Tls12ClientCertificate);
        return SessionEvidence.Decode(other, other.KeyLog).Messages.Select(item => item.Message.Body)
            .OfType<ServerKeyExchange>().Single();
    }

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes)
    {
        var flipped = bytes.ToArray();
        flipped[^1] ^= 1;
        return flipped;
    }
}

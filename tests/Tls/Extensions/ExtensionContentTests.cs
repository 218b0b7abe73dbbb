using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Tests.Messages;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Extensions;

/// <summary>What the fields of the larger extensions hold.</summary>
public sealed class ExtensionContentTests
{
    [Test]
    public void An_outer_ClientHello_names_the_encryption_and_the_key()
    {
        var body = CheckedExtension.Body<EncryptedClientHelloExtension>(
            ExtensionType.EncryptedClientHello, ExtensionPlace.ClientHello,
            Hex.Of("00 0001 0003 2a 0004 01020304 0003 aabbcc"));

        Assert.That((body.Type, body.ConfigId),
            Is.EqualTo(((EchClientHelloType?)EchClientHelloType.Outer, (byte?)0x2a)));
        Assert.That(body.CipherSuite?.AeadId.ToString(), Is.EqualTo("ChaCha20Poly1305"));
        Assert.That((body.Enc.Length, body.Payload.Length), Is.EqualTo((4, 3)));
    }

    [Test]
    public void Retry_configs_of_a_known_version_are_read_and_others_kept()
    {
        var configs = CheckedExtension.Body<EncryptedClientHelloExtension>(
            ExtensionType.EncryptedClientHello, ExtensionPlace.EncryptedExtensions,
            Hex.Of("0028 fe0d 001e 2a 0020 0004 01020304 0004 0001 0001 10 07 65782e74657374 0004 8001 0000"
                + "fe0a 0002 ffff")).RetryConfigs;

        Assert.That(configs.Select(config => config.Version), Is.EqualTo((ushort[])[0xfe0d, 0xfe0a]));
        Assert.That((configs[0].ConfigId, configs[0].PublicName), Is.EqualTo(((byte)0x2a, "ex.test")));
        Assert.That(configs[0].KemId.ToString(), Is.EqualTo("DHKEM(X25519, HKDF-SHA256)"));
        Assert.That(configs[0].CipherSuites.Single().ToString(), Is.EqualTo("HKDF-SHA256/AES-128-GCM"));
        Assert.That((configs[0].MaximumNameLength, configs[0].PublicKey.Length), Is.EqualTo(((byte)16, 4)));
        Assert.That(configs[0].ExtensionTypes, Is.EqualTo((ushort[])[0x8001]));
        Assert.That(configs[1].Contents.ToArray(), Is.EqualTo((byte[])[0xff, 0xff]));
    }

    [Test]
    public void A_ClientHello_that_is_neither_outer_nor_inner_is_the_clients_fault() =>
        Assert.That(
            CheckedExtension.Read(ExtensionType.EncryptedClientHello, ExtensionPlace.ClientHello, [7]).Fault?.Kind,
            Is.EqualTo(WireFaultKind.IllegalValue));

    [TestCase(ExtensionPlace.ServerHello)]
    [TestCase(ExtensionPlace.EncryptedExtensions)]
    public void Early_drafts_of_TLS_13_let_a_server_send_signature_algorithms_without_any(ExtensionPlace place) =>
        Assert.That(
            CheckedExtension.Body<SignatureAlgorithmsExtension>(ExtensionType.SignatureAlgorithms, place, []).Schemes,
            Is.Empty);

    [TestCase(ExtensionPlace.ClientHello)]
    [TestCase(ExtensionPlace.CertificateRequest)]
    public void Who_asks_for_a_signature_names_an_algorithm_for_it(ExtensionPlace place) =>
        Assert.That(
            CheckedExtension.Read(ExtensionType.SignatureAlgorithms, place, []).Fault?.Kind,
            Is.EqualTo(WireFaultKind.Truncated));

    [Test]
    public void A_delegated_credential_has_its_own_key_and_the_certificates_signature()
    {
        var credential = CheckedExtension.Body<DelegatedCredentialExtension>(
            ExtensionType.DelegatedCredential, ExtensionPlace.Certificate,
            Hex.Of("00093a80 0807 000003 300100 0403 0004 01020304")).Credential!;

        Assert.That(credential.ValidTime, Is.EqualTo(7 * 24 * 3600));
        Assert.That(credential.DcCertVerifyAlgorithm.ToString(), Is.EqualTo("ed25519"));
        Assert.That(credential.Algorithm.ToString(), Is.EqualTo("ecdsa_secp256r1_sha256"));
        Assert.That((credential.SubjectPublicKeyInfo.Length, credential.Signature.Length), Is.EqualTo((3, 4)));
    }

    [Test]
    public void A_certificate_timestamp_tells_its_log_and_its_time()
    {
        var log = CheckedMessage.Filler(32);
        byte[] timestamp = [0, .. log, .. Hex.Of("0000018bcfe56800 0000 0403 0004 01020304")];

        var body = CheckedExtension.Body<SignedCertificateTimestampExtension>(
            ExtensionType.SignedCertificateTimestamp, ExtensionPlace.ServerHello,
            CheckedMessage.Vector16([.. CheckedMessage.Vector16(timestamp), .. CheckedMessage.Vector16(9, 1, 2)]));

        Assert.That(body.Timestamps!.Select(item => item.Version), Is.EqualTo((byte[])[0, 9]));
        Assert.That(body.Timestamps![0].LogId.ToArray(), Is.EqualTo(log));
        Assert.That(body.Timestamps![0].Time, Is.EqualTo(new DateTimeOffset(2023, 11, 14, 22, 13, 20, TimeSpan.Zero)));
        Assert.That(body.Timestamps![0].Algorithm?.ToString(), Is.EqualTo("ecdsa_secp256r1_sha256"));
        Assert.That(body.Timestamps![1].Serialized.Length, Is.EqualTo(3));
    }

    [Test]
    public void An_OCSP_response_beside_a_certificate_is_summarised()
    {
        var body = CheckedExtension.Body<StatusRequestExtension>(
            ExtensionType.StatusRequest, ExtensionPlace.Certificate,
            [1, .. CheckedMessage.Vector24(CertificateSample.OcspGood)]);

        Assert.That(body.OcspResponse?.ToString(), Is.EqualTo("successful: good"));
    }

    [Test]
    public void Responders_that_a_client_trusts_are_listed()
    {
        var body = CheckedExtension.Body<StatusRequestExtension>(
            ExtensionType.StatusRequest, ExtensionPlace.ClientHello, Hex.Of("01 0005 0003 a1a2a3 0002 3000"));

        Assert.That(body.OcspRequest!.ResponderIdList.Single().Length, Is.EqualTo(3));
        Assert.That(body.OcspRequest.RequestExtensions.Length, Is.EqualTo(2));
    }

    [Test]
    public void A_hash_of_another_length_is_the_senders_fault() =>
        Assert.That(
            CheckedExtension.Read(ExtensionType.ExternalIdHash, ExtensionPlace.ClientHello, [2, 1, 2]).Fault?.Field,
            Is.EqualTo("binding_hash"));

    [Test]
    public void A_length_of_62_bits_takes_no_memory() =>
        Assert.That(
            CheckedExtension.Read(
                ExtensionType.QuicTransportParameters, ExtensionPlace.ClientHello,
                Hex.Of("01 ffffffffffffffff 00")).Fault?.Kind,
            Is.EqualTo(WireFaultKind.Truncated));
}

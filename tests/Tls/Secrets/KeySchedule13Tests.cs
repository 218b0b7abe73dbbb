using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Secrets;

/// <summary>RFC 8448, Section 3: the trace of a simple handshake, AES_128_GCM_SHA256 with x25519.</summary>
public sealed class KeySchedule13Tests
{
    private const string Hash = "SHA256";

    private static readonly CipherSuiteInfo Suite = CipherSuites.Find(0x1301)!;
    private static readonly byte[] HandshakeSecret =
        Hex.Of("1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac");

    private static readonly byte[] HashOfBothHellos =
        Hex.Of("860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8");

    private static readonly byte[] ServerHandshakeTraffic =
        Hex.Of("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38");

    private static readonly byte[] ClientTraffic0 =
        Hex.Of("9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5");

    // Computed anew with the platform's own primitives.
    [TestCase(0x7f12, "TLS 1.3, ", false)]
    [TestCase(0x7f13, "TLS 1.3, ", false)]
    [TestCase(0x7f14, "tls13 ", false)]
    [TestCase(0x7f18, "tls13 ", false)]
    [TestCase(0x7f19, "tls13 ", true)]
    [TestCase(0x0304, "tls13 ", true)]
    public void Drafts_have_other_labels_and_leave_out_the_additional_data(int code, string prefix, bool hasHeader)
    {
        var version = new ProtocolVersion((ushort)code);
        var secret = ClientTraffic0;
        var (key, iv) = (Expanded(secret, $"{prefix}key", 16), Expanded(secret, $"{prefix}iv", 12));

        var record = KeySchedule13.Protection(Suite, secret, version)!.Seal(23, 0x0301, [1, 2, 3]);

        using var gcm = new System.Security.Cryptography.AesGcm(key, 16);
        var inner = new byte[record.Length - 16];
        byte[] header = hasHeader ? [23, 3, 1, 0, (byte)record.Length] : [];
        gcm.Decrypt(iv, record.AsSpan(0, inner.Length), record.AsSpan(inner.Length), inner, header);
        Assert.That(inner, Is.EqualTo((byte[])[1, 2, 3, 23]));
        var update = prefix == "tls13 " ? "traffic upd" : "application traffic secret";
        Assert.That(
            KeySchedule13.NextTrafficSecret(Suite, secret, version), Is.EqualTo(Expanded(secret, prefix + update, 32)));
    }

    private static byte[] Expanded(byte[] secret, string label, int length) =>
        System.Security.Cryptography.HKDF.Expand(System.Security.Cryptography.HashAlgorithmName.SHA256, secret, length,
            [0, (byte)length, (byte)label.Length, .. System.Text.Encoding.ASCII.GetBytes(label), 0]);

    [Test]
    public void Secrets_follow_from_the_shared_secret()
    {
        var early = Hkdf.Extract(Hash, [], new byte[32]);
        Assert.That(early, Is.EqualTo(Hex.Of("33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a")));

        var derived = Hkdf.ExpandLabel(Hash, early, "derived", Digests.Hash(Hash, []), 32);
        Assert.That(derived, Is.EqualTo(Hex.Of("6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba")));

        var shared = Hex.Of("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d");
        Assert.That(Hkdf.Extract(Hash, derived, shared), Is.EqualTo(HandshakeSecret));
    }

    [Test]
    public void Traffic_secrets_depend_on_the_transcript()
    {
        var server = Hkdf.ExpandLabel(Hash, HandshakeSecret, "s hs traffic", HashOfBothHellos, 32);
        var client = Hkdf.ExpandLabel(Hash, HandshakeSecret, "c hs traffic", HashOfBothHellos, 32);

        Assert.That(server, Is.EqualTo(ServerHandshakeTraffic));
        Assert.That(client, Is.EqualTo(Hex.Of("b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21")));
    }

    [Test]
    public void Write_keys_follow_from_a_traffic_secret()
    {
        var (key, iv) = KeySchedule13.TrafficKeys(Suite, ServerHandshakeTraffic);

        Assert.That(key, Is.EqualTo(Hex.Of("3fce516009c21727d0f2e4e86ee403bc")));
        Assert.That(iv, Is.EqualTo(Hex.Of("5d313eb2671276ee13000b30")));
    }

    [Test]
    public void Application_data_of_the_trace_opens_and_seals_to_the_same_bytes()
    {
        var record = Hex.Of("""
            a2 3f 70 54 b6 2c 94 d0 af fa fe 82 28 ba 55 cb ef ac ea 42 f9 14 aa 66 bc ab 3f 2b 98 19 a8 a5
            b4 6b 39 5b d5 4a 9a 20 44 1e 2b 62 97 4e 1f 5a 62 92 a2 97 70 14 bd 1e 3d ea e6 3a ee bb 21 69
            49 15 e4
            """);
        var content = Enumerable.Range(0, 50).Select(i => (byte)i).ToArray();

        var opened = KeySchedule13.Protection(Suite, ClientTraffic0)!.Open(23, 0x0303, record);
        Assert.That(opened.Status, Is.EqualTo(RecordStatus.Ok));
        Assert.That(opened.ContentType, Is.EqualTo(23));
        Assert.That(opened.Content.ToArray(), Is.EqualTo(content));

        Assert.That(KeySchedule13.Protection(Suite, ClientTraffic0)!.Seal(23, 0x0303, content), Is.EqualTo(record));
    }
}

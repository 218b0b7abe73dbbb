using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Secrets;

/// <summary>
/// RFC 8448, Section 3: every secret of a handshake, from the messages and the shared secret that it has.
/// </summary>
public sealed class SecretTree13Tests
{
    private static readonly CipherSuiteInfo Suite = CipherSuites.Find(0x1301)!;

    private static readonly byte[] SharedSecret =
        Hex.Of("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d");

    [TestCase("c hs traffic", "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21")]
    [TestCase("s hs traffic", "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38")]
    public void Handshake_secret_gives_the_traffic_secrets_of_both_hellos(string label, string secret) =>
        Assert.That(AtHandshake().Derive(label, Up(2)), Is.EqualTo(Hex.Of(secret)));

    [TestCase("c ap traffic", "9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5")]
    [TestCase("s ap traffic", "a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643")]
    [TestCase("exp master", "fe22f881176eda18eb8f44529e6792c50c9a3f89452f68d8ae311b4309d3cf50")]
    public void Master_secret_gives_the_secrets_of_all_up_to_the_Finished_of_the_server(string label, string secret) =>
        Assert.That(AtMaster().Derive(label, Up(6)), Is.EqualTo(Hex.Of(secret)));

    [Test]
    public void Master_secret_gives_the_secret_of_resumption_and_that_the_key_of_a_ticket()
    {
        var tree = AtMaster();
        Assert.That(tree.Derive("res master", Up(7)),
            Is.EqualTo(Hex.Of("7df235f2031d2a051287d02b0241b0bfdaf86cc856231f2d5aba46c434ec196c")));
        Assert.That(PreSharedKeys.Of(tree, Suite, Up(7), [0, 0]),
            Is.EqualTo(Hex.Of("4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3")));
    }

    [Test]
    public void Pre_shared_key_changes_every_secret() =>
        Assert.That(
            new SecretTree13(Suite, SharedSecret).Derive("c e traffic", Up(1)),
            Is.Not.EqualTo(new SecretTree13(Suite, []).Derive("c e traffic", Up(1))));

    private static SecretTree13 AtHandshake()
    {
        var tree = new SecretTree13(Suite, []);
        tree.Mix(SharedSecret);
        return tree;
    }

    private static SecretTree13 AtMaster()
    {
        var tree = AtHandshake();
        tree.Mix([]);
        return tree;
    }

    // The hellos, EncryptedExtensions, Certificate, CertificateVerify, Finished of the server, Finished of the client.
    private static Transcript Up(int messages)
    {
        var all = SampleConnection.Get("rfc8448-section-3").Decode().Messages.Select(item => item.Message).ToList();
        Assert.That(all.Take(7).Last().Body, Is.TypeOf<Finished>());
        var transcript = new Transcript();
        foreach (var message in all.Take(messages)) transcript.Add(message.Bytes.Span);
        return transcript;
    }
}

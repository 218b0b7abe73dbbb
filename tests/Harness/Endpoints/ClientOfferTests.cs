using System.Net;
using System.Net.Sockets;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Tests.Matrix;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class ClientOfferTests
{
    private static readonly ClientOffer Offer = new([0x0403, 0x0804], [29, 23]);

    [TestCase("rsa2048", "tls1.2", null, true)]
    [TestCase("rsa2048", "tls1.3", null, true)]
    [TestCase("rsa-pss", "tls1.2", null, false)]
    [TestCase("ed25519", "tls1.3", null, false)]
    [TestCase("ecdsa-p256", "tls1.3", null, true)]
    [TestCase("ecdsa-p384", "tls1.3", null, false, Description = "its scheme is of another curve")]
    [TestCase("ecdsa-p384", "tls1.2", null, false, Description = "any hash would do, but its curve is no group")]
    [TestCase("ecdsa-p384", "tls1.2", "secp384r1", true, Description = "who forces a group offers it")]
    public void A_client_takes_what_its_schemes_and_groups_say(
        string profile, string version, string? group, bool takes)
    {
        Assert.That(ProtocolVersion.TryParse(version, out var asked), Is.True);

        Assert.That(Offer.Verifies(CertificateProfile.Find(profile)!.Key, asked, group), Is.EqualTo(takes));
    }

    [TestCase("rsa2048", true)]
    [TestCase("ecdsa-p256", true)]
    [TestCase("ed25519", false)]
    public void A_client_of_TLS_1_2_that_names_no_scheme_takes_the_keys_of_old(string profile, bool takes) =>
        Assert.That(
            new ClientOffer([], []).Verifies(CertificateProfile.Find(profile)!.Key, ProtocolVersion.Tls12, null),
            Is.EqualTo(takes));

    [Test]
    public void Keys_that_an_endpoint_has_no_use_for_are_a_reason_to_skip_a_cell()
    {
        var catalogue = EndpointCatalogue.Load(
            RepositoryFiles.Find("containers"), RepositoryFiles.Find("matrices/scenarios.yaml"));
        EndpointReference server = new("openssl", "trixie"), client = new("gnutls", "trixie");
        Cell Cell(string certificate) =>
            new(server, client, "echo", ProtocolVersion.Tls13, new CipherSuite(0x1301), Certificate: certificate);
        Assert.That(catalogue.Lacks(Cell("ed448")), Is.Null, "a guess is no reason");

        var lists = Capabilities.Read("1", """
            suite tls1.3 TLS_AES_128_GCM_SHA256
            certificate ed25519
            certificate ed448
            """, NamingScheme.Find("openssl")!);
        catalogue.Learn(server, lists);
        catalogue.Learn(client, lists with { Offers = new() { ["tls1.3"] = new([0x0807, 0x0804], []) } });

        Assert.That(catalogue.Lacks(Cell("rsa3072")), Is.Null);
        Assert.That(catalogue.Lacks(Cell("ed25519")), Is.Null);
        Assert.That(catalogue.Lacks(Cell("ed448")),
            Is.EqualTo("the client gnutls@trixie does not offer signatures of ed448 in TLS 1.3"));
        Assert.That(catalogue.Lacks(Cell("rsa-pss")),
            Is.EqualTo("the server openssl@trixie can't use a certificate of rsa-pss2048"));
    }

    [Test]
    public async Task A_ClientHello_is_heard_though_it_comes_in_pieces_and_others_say_nothing()
    {
        using var listener = HelloListener.Start("lo");
        using (var silent = await ConnectAsync(listener)) silent.Shutdown(SocketShutdown.Both);
        using var client = await ConnectAsync(listener);
        // RFC 8446, Section 4.1.2; signature_algorithms (13): ed25519.
        byte[] extensions = [0, 13, 0, 4, 0, 2, 8, 7];
        byte[] body = [3, 3, .. new byte[32], 0, 0, 2, 0x13, 1, 1, 0, 0, (byte)extensions.Length, .. extensions];
        byte[] hello = [22, 3, 1, 0, (byte)(body.Length + 4), 1, 0, 0, (byte)body.Length, .. body];

        await client.SendAsync(hello.AsMemory(0, 20));
        await client.SendAsync(hello.AsMemory(20));

        Assert.That(await HangsUpAsync(client), "it hangs up");
        Assert.That(ClientOffer.Of(listener.Heard).Schemes, Is.EqualTo((ushort[])[0x0807]));
    }

    // A socket that is disposed while the runtime still looks after its last read is closed by a reset.
    private static async Task<bool> HangsUpAsync(Socket client)
    {
        try
        {
            return await client.ReceiveAsync(new byte[1]) == 0;
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    private static async Task<Socket> ConnectAsync(HelloListener listener)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Parse(listener.Host), listener.Port);
        return socket;
    }
}

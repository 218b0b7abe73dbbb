using TlsInterop.Harness.Predictions;
using TlsInterop.Harness.Reports;

namespace TlsInterop.Harness.Tests.Reports;

/// <summary>What a server takes, for people and for programs.</summary>
public sealed class PolicyTextTests
{
    private static readonly ServerPolicy Policy = new(new Dictionary<string, VersionPolicy>
    {
        ["tls1.2"] = new(
            new Preference([[0xc02f, 0xc030, 0xcca8, 0x009c]]), new Preference([[29], [23]]), Preference.None,
            new Preference([[0x0804]]), new Dictionary<ushort, IReadOnlyList<ushort>>(), true, null),
        ["tls1.3"] = new(
            new Preference([[0x1302], [0x1301, 0x1303]]), new Preference([[29, 23]], IsProven: false), Preference.None,
            Preference.Unknown, new Dictionary<ushort, IReadOnlyList<ushort>> { [23] = [29] }, null, null),
    });

    [Test]
    public void Each_version_tells_who_decides_about_what_and_long_lines_go_on_below()
    {
        Assert.That(PolicyText.Lines(Policy), Is.EqualTo((string[])
        [
            "tls1.3   suites  the server's order decides, between those of one line the client's",
            "                 AES_256_GCM_SHA384",
            "                 AES_128_GCM_SHA256, CHACHA20_POLY1305_SHA256",
            "         groups  by no order that could be found out",
            "                 x25519, secp256r1",
            "         schemes that can't be seen without the server's key log",
            "         a key share of secp256r1 goes before x25519",
            "tls1.2   suites  the client's order decides",
            "                 ECDHE_RSA_WITH_AES_128_GCM_SHA256, ECDHE_RSA_WITH_AES_256_GCM_SHA384,",
            "                   ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, RSA_WITH_AES_128_GCM_SHA256",
            "         groups  the server's order decides",
            "                 x25519",
            "                 secp256r1",
            "         schemes the only one",
            "                 rsa_pss_rsae_sha256",
            "         extended_master_secret",
            "refused  tls1.0, tls1.1",
        ]));
    }

    [Test]
    public void Programs_get_the_same_by_name_with_whether_an_order_is_proven()
    {
        var newer = PolicyJson.Of(Policy)["versions"]!["tls1.3"]!;

        Assert.That(newer["suites"]!.ToJsonString(), Is.EqualTo(
            """{"ranks":[["AES_256_GCM_SHA384"],["AES_128_GCM_SHA256","CHACHA20_POLY1305_SHA256"]],"proven":true}"""));
        Assert.That(newer["groups"]!["proven"]!.GetValue<bool>(), Is.False);
        Assert.That(newer["overtakes"]!.ToJsonString(), Is.EqualTo("""{"secp256r1":["x25519"]}"""));
        Assert.That(newer["encrypt_then_mac"], Is.Null);
    }
}

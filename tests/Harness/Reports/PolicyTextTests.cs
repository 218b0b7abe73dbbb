using TlsInterop.Harness.Predictions;
using TlsInterop.Harness.Reports;

namespace TlsInterop.Harness.Tests.Reports;

public sealed class PolicyTextTests
{
    [Test]
    public void Each_version_tells_who_decides_about_what_and_long_lines_go_on_below()
    {
        ushort[] suites = [0xc02f, 0xc030, 0xcca8, 0x009c];
        var older = new VersionPolicy(
            new Preference([suites]), new Preference([[29], [23]]), Preference.None, new Preference([[0x0804]]),
            new Dictionary<ushort, IReadOnlyList<ushort>>(), true, null);
        var newer = new VersionPolicy(
            new Preference([[0x1302], [0x1301, 0x1303]]), new Preference([[29, 23]], IsProven: false), Preference.None,
            Preference.Unknown, new Dictionary<ushort, IReadOnlyList<ushort>> { [23] = [29] }, null, null);
        var policy = new ServerPolicy(new Dictionary<string, VersionPolicy> { ["tls1.2"] = older, ["tls1.3"] = newer });

        Assert.That(PolicyText.Lines(policy), Is.EqualTo((string[])
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
        ]));
    }
}

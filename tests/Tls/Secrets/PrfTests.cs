using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class PrfTests
{
    // The TLS 1.2 PRF test vectors posted to the tls@ietf.org list in 2009.
    [TestCase(
        "SHA256", "9bbe436ba940f017b17652849a71db35", "a0ba9f936cda311827a6f796ffd5198c",
        "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa0"
        + "22f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66")]
    [TestCase(
        "SHA384", "b80b733d6ceefcdc71566ea48e5567df", "cd665cf6a8447dd6ff8b27555edb7465",
        "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233c9146a0e534"
        + "cb400fed2700884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d9184259b5bf8cd"
        + "4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee691c8f3a26854308d5eaa3be85e0990703d73e56f")]
    public void The_posted_vectors_of_TLS_1_2_come_out(string hash, string secret, string seed, string expected)
    {
        var output = Prf.Compute(
            ProtocolVersion.Tls12, hash, Hex.Of(secret), "test label", Hex.Of(seed), expected.Length / 2);

        Assert.That(output, Is.EqualTo(Hex.Of(expected)));
    }

    [Test]
    public void The_PRF_of_TLS_1_0_shares_the_middle_octet_of_an_odd_secret()
    {
        // openssl kdf -kdfopt digest:MD5-SHA1 -kdfopt hexsecret:0102030405 -kdfopt hexseed:746573740a0b -keylen 24
        // TLS1-PRF
        var output = Prf.Compute(ProtocolVersion.Tls10, "SHA256", [1, 2, 3, 4, 5], "test", [10, 11], 24);

        Assert.That(Convert.ToHexStringLower(output), Is.EqualTo("ba6f4a4940bf132b3bb32a569af2e156f8280c2dbb8db2ab"));
    }
}

using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Wire;

/// <summary>No table says the same thing twice, and no row contradicts its own name.</summary>
public sealed class RegistryTests
{
    private static readonly (string Name, IEnumerable<(int Code, string?[] Names)> Rows)[] Registries =
    [
        ("suites", CipherSuites.All.Select(row => ((int)row.Code, (string?[])[row.Name, row.OpenSsl, row.GnuTls]))),
        ("groups", NamedGroups.All.Select(row =>
            ((int)row.Code, (string?[])[row.Name, row.OpenSsl, row.GnuTls, row.Nss]))),
        ("schemes", SignatureSchemes.All.Select(row =>
            ((int)row.Code, (string?[])[row.Name, row.OpenSslPair, row.GnuTls, row.Jsse]))),
        ("alerts", AlertDescriptions.All.Select(row =>
            ((int)row.Code, (string?[])[row.Name, row.OpenSsl, row.GnuTls, row.Nss]))),
        ("extensions", Enumerable.Range(0, 0x10000).Select(code => new ExtensionType((ushort)code))
            .Where(type => type.IsKnown).Select(type => ((int)type.Code, (string?[])[type.ToString()]))),
        ("messages", Enumerable.Range(0, 0x100).Select(code => new HandshakeType((byte)code))
            .Where(type => type.IsKnown).Select(type => ((int)type.Code, (string?[])[type.ToString()]))),
    ];

    [Test]
    public void Every_code_point_stands_once_and_in_order([ValueSource(nameof(Names))] string registry) =>
        Assert.That(RowsOf(registry).Select(row => row.Code), Is.Ordered.And.Unique);

    [Test]
    public void No_two_rows_share_a_name_of_any_stack([ValueSource(nameof(Names))] string registry)
    {
        var rows = RowsOf(registry).ToList();
        for (var column = 0; column < rows[0].Names.Length; column++)
        {
            Assert.That(
                rows.Select(row => row.Names[column]).Where(name => name is not null), Is.Unique, $"column {column}");
        }
    }

    [Test]
    public void Every_name_can_be_printed_and_typed([ValueSource(nameof(Names))] string registry) =>
        Assert.That(
            RowsOf(registry).SelectMany(row => row.Names).OfType<string>()
                .Where(name => name.Length == 0 || name.Trim() != name || !name.All(char.IsAscii)),
            Is.Empty);

    [Test]
    public void The_parts_of_a_suite_are_those_of_its_name()
    {
        foreach (var row in CipherSuites.All.Where(row => row.Name.Contains("_WITH_", StringComparison.Ordinal)))
        {
            var cipher = row.Name[(row.Name.IndexOf("_WITH_", StringComparison.Ordinal) + 6)..];
            var mode = row.Mode switch
            {
                CipherMode.Cbc => "_CBC",
                CipherMode.Gcm => "_GCM",
                CipherMode.Ccm8 => "_CCM_8",
                CipherMode.Ccm => "_CCM",
                CipherMode.ChaCha20Poly1305 => "_POLY1305",
                _ => "",
            };
            var hash = row.MacHash switch { null => "", "SHA1" => "_SHA", var name => $"_{name}" };
            Assert.That(cipher, Does.StartWith(row.Cipher[..3]).And.Contains(mode).And.EndsWith(hash), row.Name);
            Assert.That(row.IsAead, Is.EqualTo(row.TagLength > 0), row.Name);
            Assert.That(row.MacHash is null, Is.EqualTo(row.MacLength == 0), row.Name);
        }
    }

    [TestCase("SSL_RSA_WITH_3DES_EDE_CBC_SHA", 0x000a)]
    [TestCase("SSL_DH_anon_WITH_DES_CBC_SHA", 0x001a)]
    [TestCase("TLS_KRB5_WITH_DES_CBC_SHA", 0x001e)]
    [TestCase("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", 0xc02f)]
    [TestCase("TLS_AES_128_GCM_SHA256", 0x1301)]
    public void JSSE_keeps_the_prefix_of_SSL_3(string name, int code)
    {
        var row = CipherSuites.Find(name);

        Assert.That((row?.Code, row?.Jsse), Is.EqualTo(((ushort?)code, name)));
    }

    [TestCase("AES_128_GCM_SHA256", Recommendation.Recommended, 16)]
    [TestCase("AES_128_CCM_8_SHA256", Recommendation.None, 8)]
    [TestCase("RSA_WITH_AES_128_GCM_SHA256", Recommendation.None, 16)]
    [TestCase("ECDHE_RSA_WITH_RC4_128_SHA", Recommendation.Discouraged, 0)]
    [TestCase("SHA256_SHA256", Recommendation.Discouraged, 32)]
    public void A_suite_tells_its_standing_and_its_tag(string name, Recommendation recommendation, int tagLength)
    {
        var row = CipherSuites.Find(name)!;

        Assert.That((row.Recommendation, row.TagLength), Is.EqualTo((recommendation, tagLength)));
    }

    [Test]
    public void The_standing_of_a_suite_is_that_of_a_suite_that_exists() =>
        Assert.That(
            CipherSuites.All.GroupBy(row => row.Recommendation).Where(group => group.Key != Recommendation.None)
                .Select(group => (group.Key, group.Count())),
            Is.EquivalentTo(((Recommendation, int)[])[(Recommendation.Recommended, 24),
                (Recommendation.Discouraged, 26)]));

    [TestCase("X25519MLKEM768", 1216, new[] { "MLKEM768", "x25519" }, new[] { 1184, 32 })]
    [TestCase("X25519MLKEM768", 1120, new[] { "MLKEM768", "x25519" }, new[] { 1088, 32 })]
    [TestCase("SecP256r1MLKEM768", 1249, new[] { "secp256r1", "MLKEM768" }, new[] { 65, 1184 })]
    [TestCase("SecP256r1MLKEM768", 1153, new[] { "secp256r1", "MLKEM768" }, new[] { 65, 1088 })]
    [TestCase("SecP384r1MLKEM1024", 1665, new[] { "secp384r1", "MLKEM1024" }, new[] { 97, 1568 })]
    [TestCase("X25519MLKEM768", 1217, new string[0], new int[0])]
    [TestCase("x25519", 32, new string[0], new int[0])]
    public void The_share_of_a_hybrid_is_that_of_its_parts(string group, int length, string[] names, int[] lengths)
    {
        var share = new KeyShareEntry(new(NamedGroups.Find(group)!.Code), new byte[length]);

        Assert.That(share.Parts.Select(part => part.Group.ToString()), Is.EqualTo(names));
        Assert.That(share.Parts.Select(part => part.KeyExchange.Length), Is.EqualTo(lengths));
    }

    [Test]
    public void The_lengths_of_a_hybrid_are_the_sums_of_its_parts()
    {
        foreach (var row in NamedGroups.All.Where(row => row.Parts.Count > 0))
        {
            var parts = row.Parts.Select(part => NamedGroups.Find(part)!).ToList();
            Assert.That(parts.Sum(part => part.ClientShareLength), Is.EqualTo(row.ClientShareLength), row.Name);
            Assert.That(parts.Sum(part => part.ServerShareLength), Is.EqualTo(row.ServerShareLength), row.Name);
        }
    }

    [TestCase("unknown CA", 48)]
    [TestCase("CA is unknown", 48)]
    [TestCase("SSL_ERROR_UNKNOWN_CA_ALERT", 48)]
    [TestCase("unknown_ca", 48)]
    public void An_alert_is_found_by_the_words_of_any_log(string words, int code) =>
        Assert.That(AlertDescriptions.Find(words)?.Code, Is.EqualTo(code));

    [TestCase(0x0401, "RSA+SHA256", "rsa_pkcs1_sha256")]
    [TestCase(0x0301, "RSA+SHA224", "rsa_sha224")]
    [TestCase(0x0403, "ECDSA+SHA256", "ecdsa_secp256r1_sha256")]
    [TestCase(0x0804, null, "rsa_pss_rsae_sha256")]
    public void A_scheme_has_the_names_of_each_stack(int code, string? openSslPair, string jsse)
    {
        var row = SignatureSchemes.Find((ushort)code)!;

        Assert.That((row.OpenSslPair, row.Jsse), Is.EqualTo((openSslPair, jsse)));
    }

    private static IEnumerable<string> Names => Registries.Select(registry => registry.Name);

    private static IEnumerable<(int Code, string?[] Names)> RowsOf(string registry) =>
        Registries.Single(item => item.Name == registry).Rows;
}

using System.Text;
using TlsInterop.Tls.Fingerprints;

namespace TlsInterop.Tls.Tests.Fingerprints;

/// <summary>The examples of https://github.com/FoxIO-LLC/ja4, technical_details.</summary>
public sealed class Ja4Tests
{
    private const string Suites = "1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035";
    private const string Extensions = "001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015";
    private const string Schemes = "0403,0804,0401,0503,0805,0501,0806,0601";

    [Test]
    public void The_published_client()
    {
        var hello = HelloBytes.Client(0x0303, HelloBytes.Codes(Suites), [.. Published()]);

        Assert.That(Ja4.Of(hello), Is.EqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1"));
        Assert.That(Ja4.Raw(hello), Is.EqualTo(
            "t13d1516h2_002f,0035,009c,009d,1301,1302,1303,c013,c014,c02b,c02c,c02f,c030,cca8,cca9_"
            + "0005,000a,000b,000d,0012,0015,0017,001b,0023,002b,002d,0033,4469,ff01_"
            + "0403,0804,0401,0503,0805,0501,0806,0601"));
    }

    [Test]
    public void Grease_changes_nothing()
    {
        var hello = HelloBytes.Client(0x0303, [0x5a5a, .. HelloBytes.Codes(Suites)],
            [HelloBytes.Empty(0x6a6a), .. Published(grease: 0xeaea), HelloBytes.Empty(0x8a8a)]);

        Assert.That(Ja4.Of(hello), Is.EqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1"));
    }

    [Test]
    public void Without_signature_algorithms_the_text_ends_without_an_underscore()
    {
        // The published hash of this very list, though a hello without schemes would not have 000d in it.
        var types = HelloBytes.Codes(Extensions).Where(type => type is not (0 or 16));
        var hello = HelloBytes.Client(0x0303, HelloBytes.Codes(Suites), [.. types.Select(HelloBytes.Empty)]);

        Assert.That(Ja4.Of(hello), Does.EndWith("_6d807ffa2a79"));
    }

    [Test]
    public void A_field_without_values_is_zeros()
    {
        Assert.That(
            Ja4.Of(HelloBytes.Client(0x0301, [0x0a0a], null)), Is.EqualTo("t10i000000_000000000000_000000000000"));
    }

    [TestCase("ab", "ab")]
    [TestCase("20", "20")]
    [TestCase("abcd", "ad")]
    [TestCase("2061", "21")]
    [TestCase("30ab", "3b")]
    [TestCase("6120", "60")]
    [TestCase("3031abcd", "3d")]
    [TestCase("30abcd31", "01")]
    [TestCase("6832", "h2")]
    [TestCase("61", "aa")]
    public void The_first_protocol_gives_its_first_and_last_character(string nameInHex, string expected)
    {
        var hello = HelloBytes.Client(
            0x0303, [0x1301], HelloBytes.Alpn(Convert.FromHexString(nameInHex), Encoding.ASCII.GetBytes("http/1.1")));

        Assert.That(Ja4.Of(hello), Does.StartWith($"t12i0101{expected}_"));
    }

    [TestCase(0x0304, "13")]
    [TestCase(0x0303, "12")]
    [TestCase(0x0302, "11")]
    [TestCase(0x0301, "10")]
    [TestCase(0x0300, "s3")]
    [TestCase(0x0002, "s2")]
    [TestCase(0x7f1c, "00")]
    public void The_version_of_the_hello_counts_if_there_are_no_supported_versions(int version, string expected) =>
        Assert.That(Ja4.Of(HelloBytes.Client((ushort)version, [0x1301], null)), Does.StartWith($"t{expected}i"));

    [Test]
    public void More_than_99_count_as_99()
    {
        var many = Enumerable.Range(1, 150).Select(code => (ushort)(code + 0x4000)).ToArray();
        var hello = HelloBytes.Client(0x0303, many, [.. many.Select(HelloBytes.Empty)]);

        Assert.That(Ja4.Of(hello), Does.StartWith("t12i999900_"));
    }

    [Test]
    public void The_published_server()
    {
        var types = HelloBytes.Codes("0005,0017,ff01,0000");
        var hello = HelloBytes.Server(0x0303, 0xc030, [.. types.Select(HelloBytes.Empty)]);

        Assert.That(Ja4S.Raw(hello), Is.EqualTo("t120400_c030_0005,0017,ff01,0000"));
        Assert.That(Ja4S.Of(hello), Is.EqualTo("t120400_c030_4e8089b08790"));
    }

    [Test]
    public void A_server_of_TLS_13_tells_its_version_in_supported_versions()
    {
        var hello = HelloBytes.Server(0x0303, 0x1301, (51, [0, 29, 0, 1, 1]), (43, [3, 4]));

        Assert.That(Ja4S.Of(hello), Is.EqualTo("t130200_1301_234ea6891581"));
    }

    private static IEnumerable<(ushort Type, byte[] Data)> Published(ushort? grease = null) =>
        HelloBytes.Codes(Extensions).Select(type => type switch
        {
            13 => HelloBytes.List16(13, HelloBytes.Codes(Schemes)),
            16 => HelloBytes.Alpn("h2"u8.ToArray(), "http/1.1"u8.ToArray()),
            43 => HelloBytes.Versions(grease is { } value ? [value, 0x0304, 0x0303] : [0x0304, 0x0303]),
            _ => HelloBytes.Empty(type),
        });
}

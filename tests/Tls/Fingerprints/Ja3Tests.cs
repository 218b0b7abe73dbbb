using TlsInterop.Tls.Fingerprints;

namespace TlsInterop.Tls.Tests.Fingerprints;

/// <summary>The examples of https://github.com/salesforce/ja3.</summary>
public sealed class Ja3Tests
{
    private static readonly ushort[] Suites = [47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4];

    [Test]
    public void The_published_client_with_extensions()
    {
        var hello = HelloBytes.Client(769, Suites,
            HelloBytes.Empty(0), HelloBytes.List16(10, 23, 24, 25), HelloBytes.PointFormats(0));

        Assert.That(Ja3.Raw(hello),
            Is.EqualTo("769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0"));
        Assert.That(Ja3.Of(hello), Is.EqualTo("ada70206e40642a3e4461f35503241d5"));
    }

    [Test]
    public void The_published_client_without_extensions()
    {
        var hello = HelloBytes.Client(769, [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99], null);

        Assert.That(Ja3.Raw(hello), Is.EqualTo("769,4-5-10-9-100-98-3-6-19-18-99,,,"));
        Assert.That(Ja3.Of(hello), Is.EqualTo("de350869b8c85de67a350c8d186f11e6"));
    }

    [Test]
    public void The_published_server()
    {
        // JA3S of a server of Trickbot; its text is not published with it.
        var hello = HelloBytes.Server(769, 49172, HelloBytes.Empty(65281), HelloBytes.Empty(11));

        Assert.That(Ja3S.Raw(hello), Is.EqualTo("769,49172,65281-11"));
        Assert.That(Ja3S.Of(hello), Is.EqualTo("623de93db17d313345d7ea481e7443cf"));
    }

    [Test]
    public void Grease_is_left_out_of_suites_extensions_and_groups()
    {
        var hello = HelloBytes.Client(769, [0x0a0a, .. Suites, 0xfafa],
            HelloBytes.Empty(0x1a1a), HelloBytes.Empty(0), HelloBytes.List16(10, 0x2a2a, 23, 24, 25),
            HelloBytes.PointFormats(0), HelloBytes.Empty(0x3a3a));

        Assert.That(Ja3.Of(hello), Is.EqualTo("ada70206e40642a3e4461f35503241d5"));
    }

    [Test]
    public void A_list_of_any_length_is_hashed_whole()
    {
        var suites = Enumerable.Range(1, 30_000).Select(code => (ushort)code).Where(code => (code & 0x0f0f) != 0x0a0a);

        Assert.That(Ja3.Raw(HelloBytes.Client(771, suites, null)), Does.EndWith("-29998-29999-30000,,,"));
    }
}

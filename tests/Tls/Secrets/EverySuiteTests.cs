using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Secrets;

/// <summary>The whole registry: a suite protects records, or there is a reason why not.</summary>
public sealed class EverySuiteTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 48).Select(i => (byte)i)];
    private static readonly byte[] Content = [.. "hello over TLS\n"u8];

    private static IEnumerable<string> Names => CipherSuites.All.Select(suite => suite.Name);

    [TestCaseSource(nameof(Names))]
    public void A_suite_protects_and_opens_a_record_or_says_why_not(string name)
    {
        var suite = CipherSuites.Find(name)!;
        var (writer, reader) = (Protections(suite), Protections(suite));
        if (UncoveredSuites.WhyNot(suite) is { } reason)
        {
            Assert.That((writer, reason), Is.EqualTo(((RecordProtection?)null, reason)));
            return;
        }

        var fragment = writer!.Seal(23, 0x0303, Content);
        var opened = reader!.Open(23, 0x0303, fragment);

        Assert.That((opened.Status, opened.ContentType), Is.EqualTo((RecordStatus.Ok, (byte)23)));
        Assert.That(opened.Content.ToArray(), Is.EqualTo(Content));
        var staysReadable = suite.Mode == CipherMode.Null;
        Assert.That(fragment.AsSpan().IndexOf(Content) >= 0, Is.EqualTo(staysReadable));
    }

    [TestCaseSource(nameof(Names))]
    public void A_suite_that_encrypts_nothing_is_read_without_keys(string name)
    {
        var suite = CipherSuites.Find(name)!;
        if (UncoveredSuites.WhyNot(suite) is not null) return;

        var opened = NullProtection.For(suite)?.Open(23, 0x0303, Protections(suite)!.Seal(23, 0x0303, Content));

        Assert.That(opened is not null, Is.EqualTo(suite.Mode == CipherMode.Null));
        if (opened is null) return;
        Assert.That((opened.Value.Status, opened.Value.ContentType), Is.EqualTo((RecordStatus.Unverified, (byte)23)));
        Assert.That(opened.Value.Content.ToArray(), Is.EqualTo(Content));
    }

    [Test]
    public void The_suites_without_managed_code_are_these()
    {
        var uncovered = CipherSuites.All.Where(suite => UncoveredSuites.WhyNot(suite) is not null)
            .Select(suite => suite.Name);

        Assert.That(uncovered, Is.EqualTo((string[])
        [
            "NULL_WITH_NULL_NULL", "GOSTR341094_WITH_28147_CNT_IMIT", "GOSTR341001_WITH_28147_CNT_IMIT",
            "EMPTY_RENEGOTIATION_INFO_SCSV", "AEGIS_256_SHA512", "AEGIS_128L_SHA256", "FALLBACK_SCSV",
            "GOSTR341112_256_WITH_KUZNYECHIK_CTR_OMAC", "GOSTR341112_256_WITH_MAGMA_CTR_OMAC",
            "GOSTR341112_256_WITH_28147_CNT_IMIT", "GOSTR341112_256_WITH_KUZNYECHIK_MGM_L",
            "GOSTR341112_256_WITH_MAGMA_MGM_L", "GOSTR341112_256_WITH_KUZNYECHIK_MGM_S",
            "GOSTR341112_256_WITH_MAGMA_MGM_S",
        ]));
    }

    private static RecordProtection? Protections(CipherSuiteInfo suite) => suite.NewestVersion == ProtocolVersion.Tls13
        ? KeySchedule13.Protection(suite, Secret)
        : KeySchedule12.Protections(suite.NewestVersion, suite, Secret, new byte[32], new byte[32], false)?.Server;
}

using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class RecordProtectionTests
{
    private const byte ApplicationData = 23;
    private const ushort RecordVersion = 0x0303;

    private static readonly byte[] Content = [.. "hello over TLS\n"u8];

    /// <summary>
    /// Every way of protection: one suite for each cipher, mode and MAC, in each version and order of MAC and cipher.
    /// </summary>
    private static IEnumerable<string> Ways()
    {
        foreach (
            var suite in CipherSuites.All.DistinctBy(row => (row.Cipher, row.Mode, row.MacHash, row.OldestVersion)))
        {
            foreach (var version in ProtocolVersion.Known)
            {
                foreach (var encryptThenMac in (bool[])(suite.Mode == CipherMode.Cbc ? [false, true] : [false]))
                {
                    if (Create(suite, version, encryptThenMac) is not null)
                        yield return $"{version.Id} {suite.Name}{(encryptThenMac ? " etm" : "")}";
                }
            }
        }
    }

    private static RecordProtection? Create(
        CipherSuiteInfo suite, ProtocolVersion version, bool encryptThenMac, byte key = 7)
    {
        var secret = Enumerable.Repeat(key, 48).ToArray();
        return version == ProtocolVersion.Tls13
            ? KeySchedule13.Protection(suite, secret)
            : KeySchedule12.Protections(version, suite, secret, new byte[32], new byte[32], encryptThenMac)?.Client;
    }

    private static RecordProtection Create(string way, byte key = 7)
    {
        var words = way.Split(' ');
        return Create(CipherSuites.Find(words[1])!, VersionOf(words[0]), words.Length > 2, key)!;
    }

    private static ProtocolVersion VersionOf(string id) => ProtocolVersion.Known.Single(version => version.Id == id);

    [TestCaseSource(nameof(Ways))]
    public void Behind_a_gap_the_number_of_the_next_record_is_found(string way)
    {
        var (writer, reader) = (Create(way), Create(way));
        var records = Enumerable.Range(0, 40)
            .Select(index => writer.Seal(ApplicationData, RecordVersion, new byte[index])).ToArray();
        reader.Open(ApplicationData, RecordVersion, records[0]);
        var lost = records[1..31].Sum(record => record.Length + 5);

        var opened = reader.OpenBehindGap(ApplicationData, RecordVersion, records[31], lost);
        if (opened.HasChainedIv)
        {
            Assert.That(opened.Status, Is.EqualTo(RecordStatus.MacWrong), "its IV is lost with the record before it");
            opened = reader.OpenBehindGap(ApplicationData, RecordVersion, records[32], lost + records[31].Length + 5);
            Assert.That((opened.Status, opened.SequenceNumber), Is.EqualTo((RecordStatus.Ok, 32ul)));
            return;
        }
        Assert.That((opened.Status, opened.SequenceNumber), Is.EqualTo((RecordStatus.Ok, 31ul)));
        Assert.That(reader.Open(ApplicationData, RecordVersion, records[32]).SequenceNumber, Is.EqualTo(32));
        Assert.That(reader.Open(ApplicationData, RecordVersion, records[33]).IsOk, Is.True);
        Assert.That(reader.Open(ApplicationData, RecordVersion, records[33]).IsOk, Is.False);
        Assert.That(reader.OpenBehindGap(ApplicationData, RecordVersion, new byte[50], 200).IsOk, Is.False);
    }

    [TestCaseSource(nameof(Ways))]
    public void What_is_sealed_opens_again_record_by_record(string way)
    {
        var (writer, reader) = (Create(way), Create(way));

        foreach (var content in (byte[][])[Content, [], [0], new byte[16384]])
        {
            var opened =
                reader.Open(ApplicationData, RecordVersion, writer.Seal(ApplicationData, RecordVersion, content));
            Assert.That(opened.Status, Is.EqualTo(RecordStatus.Ok));
            Assert.That(opened.ContentType, Is.EqualTo(ApplicationData));
            Assert.That(opened.Content.ToArray(), Is.EqualTo(content));
            Assert.That(opened.ExtraPaddingBlocks, Is.Zero);
        }
        Assert.That(reader.SequenceNumber, Is.EqualTo(4));
    }

    [TestCaseSource(nameof(Ways))]
    public void A_wrong_key_is_a_status(string way)
    {
        var opened = Create(way, key: 8).Open(
            ApplicationData, RecordVersion, Create(way).Seal(ApplicationData, RecordVersion, Content));

        Assert.That(opened.Status, Is.EqualTo(RecordStatus.TagWrong).Or.EqualTo(RecordStatus.MacWrong));
    }

    [TestCaseSource(nameof(Ways))]
    public void A_wrong_sequence_number_is_a_status(string way)
    {
        var (writer, reader) = (Create(way), Create(way));
        reader.SequenceNumber = 1;

        var opened = reader.Open(ApplicationData, RecordVersion, writer.Seal(ApplicationData, RecordVersion, Content));

        // GCM and CCM in TLS 1.2 bring their nonce along, but the sequence number is additional data there.
        Assert.That(opened.Status, Is.EqualTo(RecordStatus.TagWrong).Or.EqualTo(RecordStatus.MacWrong));
    }

    [TestCaseSource(nameof(Ways))]
    public void Every_prefix_and_every_changed_octet_is_a_status(string way)
    {
        var fragment = Create(way).Seal(ApplicationData, RecordVersion, Content);
        for (var length = 0; length < fragment.Length; length++)
        {
            var opened = Create(way).Open(ApplicationData, RecordVersion, fragment.AsSpan(0, length));
            Assert.That(opened.Status, Is.Not.EqualTo(RecordStatus.Ok), $"prefix of {length}");
        }
        for (var at = 0; at < fragment.Length; at++)
        {
            byte[] changed = [.. fragment];
            changed[at] ^= 0x80;
            var opened = Create(way).Open(ApplicationData, RecordVersion, changed);
            Assert.That(opened.Status, Is.Not.EqualTo(RecordStatus.Ok), $"octet {at}");
        }
    }

    [TestCase("tls1.0 RSA_WITH_AES_128_CBC_SHA", 5)]
    [TestCase("tls1.1 RSA_WITH_AES_128_CBC_SHA", 13)]
    [TestCase("tls1.2 RSA_WITH_AES_128_CBC_SHA etm", 15)]
    [TestCase("tls1.0 RSA_WITH_3DES_EDE_CBC_SHA", 30)]
    public void Padding_beyond_the_least_is_counted_in_blocks(string way, int blocks)
    {
        var fragment = Create(way).Seal(ApplicationData, RecordVersion, Content, extraPadding: blocks);

        var opened = Create(way).Open(ApplicationData, RecordVersion, fragment);

        Assert.That(opened.Status, Is.EqualTo(RecordStatus.Ok));
        Assert.That(opened.ExtraPaddingBlocks, Is.EqualTo(blocks));
        Assert.That(opened.PaddingLength / opened.BlockLength, Is.EqualTo(blocks));
        Assert.That(opened.Content.ToArray(), Is.EqualTo(Content));
    }

    [TestCase("ssl3 RSA_WITH_AES_128_CBC_SHA", 0, true)]
    [TestCase("tls1.0 RSA_WITH_3DES_EDE_CBC_SHA", 0, true)]
    [TestCase("tls1.1 RSA_WITH_3DES_EDE_CBC_SHA", 8, false)]
    [TestCase("tls1.2 RSA_WITH_AES_128_CBC_SHA etm", 16, false)]
    [TestCase("tls1.2 RSA_WITH_AES_128_GCM_SHA256", 8, false)]
    [TestCase("tls1.2 RSA_WITH_AES_128_CCM", 8, false)]
    [TestCase("tls1.2 DHE_RSA_WITH_CHACHA20_POLY1305_SHA256", 0, false)]
    [TestCase("tls1.3 AES_128_GCM_SHA256", 0, false)]
    [TestCase("tls1.0 RSA_WITH_RC4_128_MD5", 0, false)]
    public void What_a_record_brings_along_of_its_nonce_or_IV_is_told(string way, int length, bool isChained)
    {
        var fragment = Create(way).Seal(ApplicationData, RecordVersion, Content);

        var opened = Create(way).Open(ApplicationData, RecordVersion, fragment);
        var closed = Create(way, key: 8).Open(ApplicationData, RecordVersion, fragment);

        Assert.That((opened.ExplicitNonceLength, opened.HasChainedIv), Is.EqualTo((length, isChained)));
        Assert.That((closed.ExplicitNonceLength, closed.HasChainedIv), Is.EqualTo((length, isChained)));
    }

    [Test]
    public void Zero_padding_of_TLS_1_3_is_stripped_and_the_inner_type_found()
    {
        var suite = CipherSuites.Find("AES_128_GCM_SHA256")!;
        var fragment = Create(suite, ProtocolVersion.Tls13, false)!.Seal(22, RecordVersion, Content, extraPadding: 100);

        var opened = Create(suite, ProtocolVersion.Tls13, false)!.Open(ApplicationData, RecordVersion, fragment);

        Assert.That(
            (opened.ContentType, opened.PaddingLength, opened.Content.Length),
            Is.EqualTo(((byte)22, 100, Content.Length)));
    }

    [Test]
    public void Content_of_TLS_1_3_that_is_all_zeros_has_malformed_padding()
    {
        var suite = CipherSuites.Find("AES_128_GCM_SHA256")!;
        var fragment = Create(suite, ProtocolVersion.Tls13, false)!.Seal(0, RecordVersion, new byte[20]);

        var opened = Create(suite, ProtocolVersion.Tls13, false)!.Open(ApplicationData, RecordVersion, fragment);

        Assert.That(opened.Status, Is.EqualTo(RecordStatus.PaddingMalformed));
    }

    [TestCase("tls1.0 RSA_WITH_AES_128_CBC_SHA")]
    [TestCase("tls1.2 RSA_WITH_AES_128_CBC_SHA etm")]
    public void A_right_MAC_with_arbitrary_padding_octets_is_malformed_padding(string way)
    {
        var words = way.Split(' ');
        var (protection, fragment) = ArbitraryPadding.Record(
            VersionOf(words[0]), CipherSuites.Find(words[1])!, words.Length > 2, Content);

        var opened = protection.Open(ApplicationData, RecordVersion, fragment);

        Assert.That(opened.Status, Is.EqualTo(RecordStatus.PaddingMalformed));
        Assert.That(opened.Content.ToArray(), Is.EqualTo(Content));
    }
}

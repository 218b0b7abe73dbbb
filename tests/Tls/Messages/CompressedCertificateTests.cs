using System.IO.Compression;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Messages.CheckedMessage;

namespace TlsInterop.Tls.Tests.Messages;

public sealed class CompressedCertificateTests
{
    private static readonly MessageContext Tls13 = Context(ProtocolVersion.Tls13, "AES_128_GCM_SHA256");

    private static readonly byte[] Inner =
    [
        .. Vector8(), .. Vector24([.. Vector24(CertificateSample.Leaf), .. Vector16(),
            .. Vector24(CertificateSample.Root), .. Vector16()]),
    ];

    public enum Compression { Zlib = 1, Brotli = 2 }

    [Test]
    public void The_chain_inside_is_read([Values] Compression algorithm)
    {
        var body = Body((ushort)algorithm, Inner.Length, Compress(algorithm, Inner));

        var message = CheckedMessage.Read<CompressedCertificate>(HandshakeType.CompressedCertificate, body, Tls13);

        Assert.That(message.Certificate!.Entries.Select(entry => entry.Summary?.Key),
            Is.EqualTo((string[])["rsa2048", "ecdsa-p256"]));
        Assert.That(message.Describe(new PlainTokens()),
            Does.StartWith($"{message.Algorithm}, 2 certificates: leaf rsa2048"));
    }

    [TestCase(3, "zstd")]
    [TestCase(0x7777, "0x7777")]
    public void What_cannot_be_undone_here_is_only_named(int algorithm, string name)
    {
        var message = CheckedMessage.Read<CompressedCertificate>(
            HandshakeType.CompressedCertificate, Body((ushort)algorithm, 100, Filler(20)), Tls13);

        Assert.That((message.Describe(new PlainTokens()), message.Certificate), Is.EqualTo((name, (Certificate?)null)));
    }

    [Test]
    public void A_wrong_length_is_the_senders_fault([Values] Compression algorithm, [Values(-1, 1)] int difference)
    {
        var body = Body((ushort)algorithm, Inner.Length + difference, Compress(algorithm, Inner));

        var fault = Fault(HandshakeType.CompressedCertificate, body, Tls13);

        Assert.That((fault.Kind, fault.Field),
            Is.EqualTo((WireFaultKind.IllegalValue, "compressed_certificate_message")));
    }

    [Test]
    public void A_bomb_takes_no_more_memory_than_it_promised([Values] Compression algorithm)
    {
        var body = Body((ushort)algorithm, 1000, Compress(algorithm, new byte[50_000_000]));
        _ = Fault(HandshakeType.CompressedCertificate, body, Tls13);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var fault = Fault(HandshakeType.CompressedCertificate, body, Tls13);

        Assert.That(fault.Detail, Is.EqualTo("Expected 1000 octets. Got: more"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
    }

    [Test]
    public void A_large_promise_that_is_not_kept_takes_no_memory([Values] Compression algorithm)
    {
        var body = Body((ushort)algorithm, 0xffffff, Compress(algorithm, [1, 2, 3]));
        _ = Fault(HandshakeType.CompressedCertificate, body, Tls13);
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = Fault(HandshakeType.CompressedCertificate, body, Tls13);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_000_000));
    }

    [Test]
    public void Damaged_data_is_a_fault_and_no_exception([Values] Compression algorithm)
    {
        var compressed = Compress(algorithm, Inner);
        for (var i = 0; i < compressed.Length; i += 7)
        {
            var damaged = compressed.ToArray();
            damaged[i] ^= 0xff;
            var message = HandshakeMessage.Read(
                Framed(HandshakeType.CompressedCertificate, Body((ushort)algorithm, Inner.Length, damaged)), Tls13);
            _ = message.Body.Describe(new PlainTokens());
            _ = Fault(
                HandshakeType.CompressedCertificate, Body((ushort)algorithm, Inner.Length, compressed[..i]), Tls13);
        }
    }

    [Test]
    public void A_fault_of_the_chain_inside_is_reported()
    {
        byte[] inner = [.. Inner, 0];

        var fault = Fault(HandshakeType.CompressedCertificate,
            Body(1, inner.Length, Compress(Compression.Zlib, inner)), Tls13);

        Assert.That((fault.Kind, fault.Field), Is.EqualTo((WireFaultKind.TrailingBytes, "Certificate")));
    }

    private static byte[] Body(ushort algorithm, int length, byte[] compressed) =>
    [
        (byte)(algorithm >> 8), (byte)algorithm, (byte)(length >> 16), (byte)(length >> 8), (byte)length,
        .. Vector24(compressed),
    ];

    private static byte[] Compress(Compression algorithm, byte[] content)
    {
        var output = new MemoryStream();
        using (Stream stream = algorithm == Compression.Zlib
            ? new ZLibStream(output, CompressionLevel.Optimal)
            : new BrotliStream(output, CompressionLevel.Optimal))
        {
            stream.Write(content);
        }
        return output.ToArray();
    }
}

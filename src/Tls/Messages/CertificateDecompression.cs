using System.Buffers;
using System.IO.Compression;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>Undoes the compression of certificates as far as .NET knows it: zlib and brotli.</summary>
/// <remarks>RFC 8879, Section 3 and 4.</remarks>
internal static class CertificateDecompression
{
    private const int Chunk = 4096;

    public static bool Knows(CertificateCompressionAlgorithm algorithm) =>
        algorithm == CertificateCompressionAlgorithm.Zlib || algorithm == CertificateCompressionAlgorithm.Brotli;

    /// <summary>
    /// The message, which must have the promised length; else null and what came instead. No more memory is taken than
    /// there is content, and no more than the promised length.
    /// </summary>
    public static byte[]? TryUndo(
        CertificateCompressionAlgorithm algorithm, ReadOnlyMemory<byte> compressed, int length, out string got)
    {
        var output = new ArrayBufferWriter<byte>(Math.Min(length + 1, Chunk));
        var isWhole = algorithm == CertificateCompressionAlgorithm.Zlib
            ? Inflate(compressed, length, output)
            : Unbrotli(compressed.Span, length, output);
        got = !isWhole ? $"damaged data after {output.WrittenCount}"
            : output.WrittenCount > length ? "more"
            : output.WrittenCount.ToString();
        return isWhole && output.WrittenCount == length ? output.WrittenSpan.ToArray() : null;
    }

    // One octet more than promised is enough to know that there are too many.
    private static bool Inflate(ReadOnlyMemory<byte> compressed, int length, ArrayBufferWriter<byte> output)
    {
        try
        {
            using var stream = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            while (output.WrittenCount <= length)
            {
                var room = output.GetSpan(Chunk);
                var count = stream.Read(room[..Math.Min(room.Length, length + 1 - output.WrittenCount)]);
                if (count == 0) return true;
                output.Advance(count);
            }
            return true;
        }
        catch (InvalidDataException) // the only way in which ZLibStream reports foreign bytes
        {
            return false;
        }
    }

    private static bool Unbrotli(ReadOnlySpan<byte> compressed, int length, ArrayBufferWriter<byte> output)
    {
        using var decoder = new BrotliDecoder();
        while (output.WrittenCount <= length)
        {
            var room = output.GetSpan(Chunk);
            room = room[..Math.Min(room.Length, length + 1 - output.WrittenCount)];
            var status = decoder.Decompress(compressed, room, out var consumed, out var written);
            compressed = compressed[consumed..];
            output.Advance(written);
            if (status == OperationStatus.Done) return true;
            if (status != OperationStatus.DestinationTooSmall) return false;
        }
        return true;
    }
}

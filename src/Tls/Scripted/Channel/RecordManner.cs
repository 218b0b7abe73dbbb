using Org.BouncyCastle.Security;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Channel;

/// <summary>How records are made of content, and how they go onto the wire; what a quirk may change of it.</summary>
public sealed class RecordManner
{
    /// <summary>RFC 8446, Section 5.1: the most content of a record.</summary>
    public const int MostContent = 1 << 14;

    /// <summary>Cuts content into what becomes a record each: the type, the content, and if it is protected.</summary>
    public Func<ContentType, ReadOnlyMemory<byte>, bool, IEnumerable<ReadOnlyMemory<byte>>> Cut { get; set; } =
        static (_, content, _) => Pieces(content, MostContent);

    /// <summary>
    /// Padding beyond the least, see <see cref="Secrets.RecordProtection.Seal"/>: of a record with so much content, for
    /// a cipher with so many octets a block (0: no block cipher).
    /// </summary>
    public Func<SecureRandom, int, int, int> ExtraPadding { get; set; } = static (_, _, _) => 0;

    /// <summary>The version in the header of a record, from the one that is right.</summary>
    public Func<ContentType, ProtocolVersion, ProtocolVersion> Version { get; set; } = static (_, version) => version;

    /// <summary>A whole record as it is sent: its content type, whether it is protected, its octets.</summary>
    public Func<ContentType, bool, byte[], byte[]> Alter { get; set; } = static (_, _, record) => record;

    /// <summary>
    /// The most octets of one write to the transport, for the first <see cref="SlowOctets"/>: small ones become
    /// segments of their own.
    /// </summary>
    public int SegmentLength { get; set; } = int.MaxValue;

    /// <summary>The pause between two such writes.</summary>
    public TimeSpan SegmentPause { get; set; }

    /// <summary>For so many octets of a connection <see cref="SegmentLength"/> holds.</summary>
    public const int SlowOctets = 1024;

    /// <summary>Pieces of at most so many octets; one if there is nothing.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Pieces(ReadOnlyMemory<byte> content, int length)
    {
        do
        {
            var piece = content[..Math.Min(length, content.Length)];
            content = content[piece.Length..];
            yield return piece;
        }
        while (!content.IsEmpty);
    }
}

using System.Buffers.Binary;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>
/// Octets that are no text and no message of a known protocol: counted, not kept. A capture that starts in the middle
/// of TLS begins with such, so records are looked for.
/// </summary>
internal sealed class OpaqueOctets
{
    // Enough to know a protocol by; more could be of a password.
    private const int Kept = 4;
    private readonly byte[] _first = new byte[Kept];

    public long Count { get; private set; }

    /// <summary>True if no text has such octets: control characters other than those of lines and terminals.</summary>
    public static bool Has(ReadOnlySpan<byte> bytes) => bytes.ContainsAnyInRange((byte)0, (byte)8)
        || bytes.ContainsAnyInRange((byte)14, (byte)26) || bytes.ContainsAnyInRange((byte)28, (byte)31);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (Count < Kept)
        {
            var first = bytes[..(int)Math.Min(bytes.Length, Kept - Count)];
            first.CopyTo(_first.AsSpan((int)Count));
        }
        Count += bytes.Length;
    }

    /// <summary>One line that says how many there were.</summary>
    /// <param name="isBeginning">
    /// False if they come from the middle of a message: the first of them tell nothing.
    /// </param>
    public string Text(bool isBeginning)
    {
        if (!isBeginning) return $"{Count} octets that are no text";
        var first = Convert.ToHexStringLower(_first.AsSpan(0, (int)Math.Min(Count, Kept)));
        return $"{Count} octets that are no text: {first}{(Count > Kept ? "…" : "")}";
    }

    /// <summary>
    /// Where a record begins: at the front, or one that ends with these octets or before the header of the next; else
    /// -1.
    /// </summary>
    /// <remarks>Elsewhere one header alone is not enough: random octets have one in every few million.</remarks>
    public static int FindRecord(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; ; at++)
        {
            var next = bytes[at..].IndexOfAnyInRange((byte)20, (byte)24);
            if (next < 0) return -1;
            at += next;
            if (RecordEnd(bytes[at..]) is not (var end and > 0)) continue;
            var rest = bytes.Length - at - end;
            if (at == 0 || rest == 0 || (rest > 0 && RecordEnd(bytes[^rest..]) > 0)) return at;
        }
    }

    /// <summary>
    /// Where the record ends whose header is at the front: it may lie behind the octets; 0 if there is no header.
    /// </summary>
    private static int RecordEnd(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < TlsRecord.HeaderLength || !new ContentType(bytes[0]).IsKnown) return 0;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        var isHeader = bytes[1] == 3 && bytes[2] <= 4 && length is > 0 and <= TlsRecord.MaxFragmentLength;
        return isHeader ? TlsRecord.HeaderLength + length : 0;
    }
}

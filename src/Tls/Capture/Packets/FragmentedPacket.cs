using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>The pieces of one IP packet that came so far.</summary>
internal sealed class FragmentedPacket
{
    /// <summary>Cost of waiting for a packet besides its pieces, in octets.</summary>
    private const int Overhead = 256;

    /// <summary>No packet is longer, whatever its pieces say (RFC 791, Section 3.1).</summary>
    private const int MostOctets = 0xffff;

    private readonly EarlySegments _pieces = new();
    private byte? _protocol;

    public FragmentedPacket(IpFragmentKey key, long since)
    {
        (Key, Since) = (key, since);
        Node = new(this);
    }

    public IpFragmentKey Key { get; }

    /// <summary>Time of the first fragment in nanoseconds.</summary>
    public long Since { get; }

    /// <summary>Its place in the order of age.</summary>
    public LinkedListNode<FragmentedPacket> Node { get; }

    public int Cost => _pieces.Cost + Overhead;

    /// <summary>Octets of the payload; known from the last fragment on.</summary>
    public int Length { get; private set; } = int.MaxValue;

    /// <summary>Protocol that the fragment at offset 0 tells.</summary>
    public byte Protocol => _protocol ?? 0;

    /// <summary>True if nothing is missing: pieces don't overlap, so their octets tell.</summary>
    public bool IsWhole => _pieces.Octets == Length && _pieces.LastEnd == Length;

    /// <summary>Keeps what is new of a fragment.</summary>
    /// <returns>True if it overlaps what is there already, or goes beyond the end that was told.</returns>
    public bool Add(in IpPacket fragment, FrameStamp at)
    {
        var (offset, _, isLast) = fragment.Fragment;
        var length = Math.Clamp(fragment.PayloadLength, 0, Math.Max(MostOctets - offset, 0));
        if (offset == 0) _protocol ??= fragment.Protocol;
        if (isLast && Length == int.MaxValue) Length = offset + length;
        var allowed = Math.Clamp(Length - offset, 0, length);
        var captured = Math.Min(fragment.Payload.Length, allowed);
        var before = _pieces.Octets;
        _pieces.Insert(offset, fragment.Payload[..captured], allowed - captured, at);
        return _pieces.Octets - before != length;
    }

    /// <summary>Writes the payload from its beginning up to what no fragment has captured.</summary>
    /// <returns>Octets written.</returns>
    public int MoveTo(Span<byte> payload)
    {
        var captured = 0;
        var isCut = false;
        while (!_pieces.IsEmpty)
        {
            var piece = _pieces.TakeFirst();
            if (!isCut)
            {
                piece.Bytes.CopyTo(payload[captured..]);
                captured += piece.Length;
                isCut = piece.Missing > 0;
            }
            EarlySegments.Return(piece);
        }
        return captured;
    }

    public void Release()
    {
        while (!_pieces.IsEmpty) EarlySegments.Return(_pieces.TakeFirst());
    }
}

using System.Buffers.Binary;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Bench.Generation;

/// <summary>A captured TCP frame, and where the fields are that differ from one replay to the next.</summary>
internal sealed class FrameTemplate
{
    private const int EthernetLength = 14;
    private const byte Tcp = 6;

    private readonly byte[] _bytes;
    private readonly int _addresses;
    private readonly int _addressLength;
    private readonly int _tcp;

    private FrameTemplate(byte[] bytes, int originalLength, bool isVersion4, int tcp, bool isFromClient)
    {
        (_bytes, OriginalLength, _tcp, IsFromClient) = (bytes, originalLength, tcp, isFromClient);
        // RFC 791, Section 3.1; RFC 8200, Section 3
        (_addresses, _addressLength) = isVersion4 ? (EthernetLength + 12, 4) : (EthernetLength + 8, 16);
    }

    public int Length => _bytes.Length;

    public int OriginalLength { get; }

    public bool IsFromClient { get; }

    /// <summary>A template of an Ethernet frame with TCP over IPv4 or IPv6; null for every other frame.</summary>
    /// <param name="header">The frame's header.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="serverPort">The port whose owner is the server; 0 if it is not known yet.</param>
    public static FrameTemplate? Of(in FrameHeader header, ReadOnlySpan<byte> frame, ref ushort serverPort)
    {
        if (header.LinkType != LinkType.Ethernet || frame.Length < EthernetLength + 40) return null;
        var etherType = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]);
        var isVersion4 = etherType == 0x0800;
        if (!isVersion4 && etherType != 0x86dd) return null;
        var tcp = EthernetLength + (isVersion4 ? (frame[EthernetLength] & 0x0f) * 4 : 40);
        var protocol = frame[isVersion4 ? EthernetLength + 9 : EthernetLength + 6];
        if (protocol != Tcp || frame.Length < tcp + 20) return null;
        // The first frame is the client's SYN.
        if (serverPort == 0) serverPort = BinaryPrimitives.ReadUInt16BigEndian(frame[(tcp + 2)..]);
        var isFromClient = BinaryPrimitives.ReadUInt16BigEndian(frame[tcp..]) != serverPort;
        return new(frame.ToArray(), header.OriginalLength, isVersion4, tcp, isFromClient);
    }

    /// <summary>
    /// The frame as a replay sends it. Checksums stay those of the original, as offloading leaves them too.
    /// </summary>
    public void Write(Span<byte> target, in ReplayedEnds ends)
    {
        _bytes.CopyTo(target);
        var client = IsFromClient ? _addresses : _addresses + _addressLength;
        var server = IsFromClient ? _addresses + _addressLength : _addresses;
        // The last octets of an address are enough to tell a million connections from each other.
        BinaryPrimitives.WriteUInt32BigEndian(target[(client + _addressLength - 4)..], ends.Client);
        BinaryPrimitives.WriteUInt32BigEndian(target[(server + _addressLength - 4)..], ends.Server);
        BinaryPrimitives.WriteUInt16BigEndian(target[(IsFromClient ? _tcp : _tcp + 2)..], ends.ClientPort);
        var (own, other) = IsFromClient
            ? (ends.ClientSequence, ends.ServerSequence)
            : (ends.ServerSequence, ends.ClientSequence);
        Add(target[(_tcp + 4)..], own);
        Add(target[(_tcp + 8)..], other);
    }

    private static void Add(Span<byte> field, uint offset) =>
        BinaryPrimitives.WriteUInt32BigEndian(field, BinaryPrimitives.ReadUInt32BigEndian(field) + offset);
}

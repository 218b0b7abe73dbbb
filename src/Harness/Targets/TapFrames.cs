using System.Buffers.Binary;
using System.Net;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Targets;

/// <summary>
/// Frames that carry what a worker saw below TLS, so that all that reads captures can read it: IP and TCP headers are
/// made up, the octets in them are not.
/// </summary>
internal static class TapFrames
{
    // RFC 9293, Section 3.1: the control bits
    private const byte Fin = 0x01, Syn = 0x02, Reset = 0x04, Push = 0x08, Ack = 0x10;

    private const int TcpHeader = 20;

    // So that an IPv4 packet, whose length is a number of 16 bits, has room for it.
    private const int MostOctets = 32768;

    /// <summary>The frames of a connection, from its opening.</summary>
    public static IReadOnlyList<CapturedFrame> Of(WireTap tap)
    {
        var ends = new[] { IPEndPoint.Parse(tap.Local), IPEndPoint.Parse(tap.Remote) };
        var sent = new uint[2];
        var frames = new List<CapturedFrame>();
        var start = tap.Pieces.Count > 0 ? tap.Pieces[0].UnixMilliseconds : 0;
        void Add(int from, byte control, ReadOnlySpan<byte> octets, long at)
        {
            var packet = Packet(ends[from], ends[1 - from], sent[from], sent[1 - from], control, octets);
            frames.Add(new(new(new(frames.Count + 1, at * 1_000_000), LinkType.Raw, packet.Length), packet));
            sent[from] += (uint)octets.Length + ((control & (Syn | Fin)) != 0 ? 1u : 0);
        }

        Add(0, Syn, [], start);
        Add(1, Syn | Ack, [], start);
        foreach (var (at, what, octets) in tap.Pieces)
        {
            var from = what is TapEvent.Sent or TapEvent.Closed or TapEvent.Aborted ? 0 : 1;
            if (what is TapEvent.Ended or TapEvent.Closed) Add(from, Fin | Ack, [], at);
            if (what is TapEvent.Reset or TapEvent.Aborted) Add(from, Reset | Ack, [], at);
            foreach (var piece in octets.Chunk(MostOctets)) Add(from, Push | Ack, piece, at);
        }
        return frames;
    }

    private static byte[] Packet(
        IPEndPoint from, IPEndPoint to, uint number, uint acknowledged, byte control, ReadOnlySpan<byte> octets)
    {
        var (source, target) = (Address(from, to), Address(to, from));
        var isIPv4 = source.Length == 4;
        var ip = isIPv4 ? 20 : 40;
        var packet = new byte[ip + TcpHeader + octets.Length];
        var header = packet.AsSpan(0, ip);
        if (isIPv4)
        {
            // RFC 791, Section 3.1: version and header length, total length, time to live, protocol, addresses
            header[0] = 0x45;
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)packet.Length);
            (header[8], header[9]) = (64, 6);
        }
        else
        {
            // RFC 8200, Section 3: version, payload length, next header, hop limit, addresses
            header[0] = 0x60;
            BinaryPrimitives.WriteUInt16BigEndian(header[4..], (ushort)(packet.Length - ip));
            (header[6], header[7]) = (6, 64);
        }
        source.CopyTo(header[^(2 * source.Length)..]);
        target.CopyTo(header[^target.Length..]);
        // RFC 9293, Section 3.1: ports, sequence and acknowledgment number, data offset, control bits, window
        var tcp = packet.AsSpan(ip);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], (ushort)to.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], number);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], acknowledged);
        (tcp[12], tcp[13]) = ((TcpHeader / 4) << 4, control);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], ushort.MaxValue);
        octets.CopyTo(tcp[TcpHeader..]);
        return packet;
    }

    // A socket for both families has IPv4 addresses in the form of RFC 4291, Section 2.5.5.2.
    private static byte[] Address(IPEndPoint end, IPEndPoint other) =>
        (end.Address.IsIPv4MappedToIPv6 && other.Address.IsIPv4MappedToIPv6 ? end.Address.MapToIPv4() : end.Address)
            .GetAddressBytes();
}

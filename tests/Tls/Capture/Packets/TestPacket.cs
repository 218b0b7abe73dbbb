using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Tests.Capture.Packets;

/// <summary>Builds packets octet by octet, checksums zero.</summary>
internal static class TestPacket
{
    public static byte[] Tcp(
        ushort from, ushort to, uint sequence, uint acknowledgment, TcpFlags flags,
        ReadOnlySpan<byte> payload, int optionLength = 0)
    {
        var segment = new byte[20 + optionLength + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, from);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), to);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), acknowledgment);
        segment[12] = (byte)((20 + optionLength) / 4 << 4);
        segment[13] = (byte)flags;
        segment.AsSpan(20, optionLength).Fill(1);
        payload.CopyTo(segment.AsSpan(20 + optionLength));
        return segment;
    }

    public static byte[] Ip(IPAddress from, IPAddress to, ReadOnlySpan<byte> payload, byte protocol = 6) =>
        from.AddressFamily == AddressFamily.InterNetwork
            ? Version4(from, to, payload, protocol)
            : Version6(from, to, payload, protocol);

    public static byte[] Version4(
        IPAddress from, IPAddress to, ReadOnlySpan<byte> payload, byte protocol = 6, int optionLength =
            0, ushort fragment = 0x4000,
        ushort identification = 0)
    {
        var packet = new byte[20 + optionLength + payload.Length];
        packet[0] = (byte)(0x40 | ((20 + optionLength) / 4));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), identification);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), fragment);
        packet[8] = 64;
        packet[9] = protocol;
        from.TryWriteBytes(packet.AsSpan(12), out _);
        to.TryWriteBytes(packet.AsSpan(16), out _);
        payload.CopyTo(packet.AsSpan(20 + optionLength));
        return packet;
    }

    public static byte[] Version6(IPAddress from, IPAddress to, ReadOnlySpan<byte> payload, byte next = 6)
    {
        var packet = new byte[40 + payload.Length];
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)payload.Length);
        packet[6] = next;
        packet[7] = 64;
        from.TryWriteBytes(packet.AsSpan(8), out _);
        to.TryWriteBytes(packet.AsSpan(24), out _);
        payload.CopyTo(packet.AsSpan(40));
        return packet;
    }

    /// <summary>An Ethernet frame; the EtherType is that of the packet's version unless tags say otherwise.</summary>
    public static byte[] Ethernet(ReadOnlySpan<byte> packet, params ushort[] tags)
    {
        var frame = new List<byte>(new byte[12]);
        foreach (var tag in tags) frame.AddRange([(byte)(tag >> 8), (byte)tag, 0, 7]);
        frame.AddRange(packet[0] >> 4 == 4 ? [0x08, 0x00] : [0x86, 0xdd]);
        frame.AddRange(packet);
        return [.. frame];
    }
}

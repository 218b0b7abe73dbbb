using System.Buffers.Binary;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>Frames as a pcap file of raw IPv4 packets.</summary>
internal static class FuzzCaptureFile
{
    private const int IpHeader = 20;
    private const int TcpHeader = 20;
    private const uint RawIp = 101;

    public static byte[] Of(IEnumerable<FuzzFrame> frames)
    {
        using var file = new MemoryStream();
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xa1b2c3d4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 1 << 18);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], RawIp);
        file.Write(header);

        var milliseconds = 0u;
        foreach (var frame in frames)
        {
            var length = (uint)(IpHeader + TcpHeader + frame.Payload.Length);
            var packet = header[..16];
            BinaryPrimitives.WriteUInt32LittleEndian(packet, 1_700_000_000 + ++milliseconds / 1000);
            BinaryPrimitives.WriteUInt32LittleEndian(packet[4..], milliseconds % 1000 * 1000);
            BinaryPrimitives.WriteUInt32LittleEndian(packet[8..], length);
            BinaryPrimitives.WriteUInt32LittleEndian(packet[12..], length);
            file.Write(packet);
            Write(file, frame, length);
        }
        return file.ToArray();
    }

    private static void Write(MemoryStream file, FuzzFrame frame, uint length)
    {
        var isClient = frame.Direction == Direction.ClientToServer;
        Span<byte> headers = stackalloc byte[IpHeader + TcpHeader];
        headers.Clear();
        headers[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(headers[2..], (ushort)Math.Min(length, ushort.MaxValue));
        headers[8] = 64;
        headers[9] = 6;
        (headers[12], headers[15]) = (10, (byte)(isClient ? 1 : 2));
        (headers[16], headers[19]) = (10, (byte)(isClient ? 2 : 1));

        var tcp = headers[IpHeader..];
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)(isClient ? 40000 : 443));
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], (ushort)(isClient ? 443 : 40000));
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], frame.Sequence);
        tcp[12] = TcpHeader / 4 << 4;
        tcp[13] = frame.Flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], ushort.MaxValue);
        file.Write(headers);
        file.Write(frame.Payload);
    }
}

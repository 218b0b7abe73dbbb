using System.Buffers.Binary;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;

namespace TlsInterop.Harness.Tests.Commands;

/// <summary>A capture of one connection in which the server answers at once with a fatal alert.</summary>
internal static class SmallCapture
{
    private const byte Fin = 0x01, Syn = 0x02, Ack = 0x10;
    private const ushort ClientPort = 50000, ServerPort = 443;

    // RFC 8446, Sections 5.1 and 6: fatal handshake_failure
    private static readonly byte[] Alert = [21, 3, 3, 0, 2, 2, 40];

    public static void Write(string path) => CaptureFile.Write(path,
    [
        Frame(1, fromClient: true, 100, Syn, []),
        Frame(2, fromClient: false, 500, Syn | Ack, []),
        Frame(3, fromClient: false, 501, Ack, Alert),
        Frame(4, fromClient: false, 501 + (uint)Alert.Length, Fin | Ack, []),
    ]);

    private static CapturedFrame Frame(int number, bool fromClient, uint sequence, byte flags, byte[] payload)
    {
        var bytes = new byte[40 + payload.Length];
        // RFC 791, Section 3.1
        bytes[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)bytes.Length);
        bytes[8] = 64;
        bytes[9] = 6;
        byte[] client = [192, 0, 2, 1], server = [192, 0, 2, 2];
        (fromClient ? client : server).CopyTo(bytes, 12);
        (fromClient ? server : client).CopyTo(bytes, 16);
        // RFC 9293, Section 3.1
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(20), fromClient ? ClientPort : ServerPort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(22), fromClient ? ServerPort : ClientPort);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(24), sequence);
        bytes[32] = 5 << 4;
        bytes[33] = flags;
        payload.CopyTo(bytes, 40);
        return new CapturedFrame(new FrameHeader(
            new FrameStamp(number, 1_700_000_000_000_000_000 + number), LinkType.Raw, bytes.Length), bytes);
    }
}

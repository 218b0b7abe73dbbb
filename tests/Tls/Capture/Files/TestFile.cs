using System.Buffers.Binary;

namespace TlsInterop.Tls.Tests.Capture.Files;

/// <summary>Builds capture files field by field, in either byte order.</summary>
internal sealed class TestFile(bool littleEndian)
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public TestFile U16(params ushort[] values)
    {
        foreach (var value in values) _bytes.AddRange(BitConverter.GetBytes(Order(value)));
        return this;

        ushort Order(ushort value) => littleEndian == BitConverter.IsLittleEndian
            ? value
            : BinaryPrimitives.ReverseEndianness(value);
    }

    public TestFile U32(params uint[] values)
    {
        foreach (var value in values) _bytes.AddRange(BitConverter.GetBytes(Order(value)));
        return this;

        uint Order(uint value) => littleEndian == BitConverter.IsLittleEndian
            ? value
            : BinaryPrimitives.ReverseEndianness(value);
    }

    public TestFile Bytes(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>File header of the classic format, Ethernet.</summary>
    public TestFile Pcap(uint magic = 0xa1b2c3d4) => U32(magic).U16(2, 4).U32(0, 0, 65535, 1);

    public TestFile PcapRecord(uint seconds, uint fraction, byte[] frame, uint? original = null) =>
        U32(seconds, fraction, (uint)frame.Length, original ?? (uint)frame.Length).Bytes(frame);

    public TestFile Block(uint type, Action<TestFile> body)
    {
        var inner = new TestFile(littleEndian);
        body(inner);
        while (inner._bytes.Count % 4 != 0) inner.Bytes(0);
        var length = (uint)inner._bytes.Count + 12;
        return U32(type, length).Bytes(inner.ToArray()).U32(length);
    }

    public TestFile Section() =>
        Block(0x0a0d0d0a, body => body.U32(0x1a2b3c4d).U16(1, 0).U32(uint.MaxValue, uint.MaxValue));

    public TestFile Interface(ushort linkType, params byte[] options) =>
        Block(1, body => body.U16(linkType, 0).U32(0).Bytes(options));

    public TestFile Packet(uint from, ulong time, byte[] frame) => Block(6, body => body
        .U32(from, (uint)(time >> 32), (uint)time, (uint)frame.Length, (uint)frame.Length)
        .Bytes(frame));
}

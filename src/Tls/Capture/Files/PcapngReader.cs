using System.Buffers.Binary;
using System.Text;

namespace TlsInterop.Tls.Capture.Files;

/// <summary>Reads pcapng: sections, interfaces, frames, secrets, comments. Other blocks are stepped over.</summary>
/// <remarks>draft-ietf-opsawg-pcapng.</remarks>
internal sealed class PcapngReader(CaptureReading reading)
{
    private const int BlockHeaderLength = 8;
    private const int BlockTrailerLength = 4;

    private readonly record struct Interface(LinkType LinkType, uint SnapLength, TimestampUnit Unit);

    private readonly List<Interface> _interfaces = [];
    private readonly ByteSource _source = reading.Source;
    private bool _littleEndian = true;
    private long _blockOffset;

    public static bool IsMagic(ReadOnlySpan<byte> first) =>
        BinaryPrimitives.ReadUInt32BigEndian(first) == PcapngFormat.SectionHeaderBlock;

    /// <summary>Reads up to the end of the file.</summary>
    public void Read()
    {
        while (_source.Require(1))
        {
            _blockOffset = _source.Offset;
            if (!ReadBlock()) return;
        }
    }

    /// <summary>False if nothing behind this block can be found.</summary>
    private bool ReadBlock()
    {
        if (!_source.Require(BlockHeaderLength + BlockTrailerLength)) return Broken(CaptureFaultKind.Truncated);
        var type = U32(_source.Available);
        if (type == PcapngFormat.SectionHeaderBlock && !StartSection()) return Broken(CaptureFaultKind.BadByteOrder);
        var length = U32(_source.Available[4..]);
        const int Minimum = BlockHeaderLength + BlockTrailerLength;
        if (length < Minimum || length % 4 != 0) return Broken(CaptureFaultKind.BadLength);
        if (length > CaptureReading.MaximumBlock)
        {
            reading.Fault(CaptureFaultKind.BadLength, _blockOffset);
            return _source.Skip(length) || Broken(CaptureFaultKind.Truncated);
        }
        if (!_source.Require((int)length)) return Broken(CaptureFaultKind.Truncated);
        var block = _source.Available[..(int)length];
        if (U32(block[^BlockTrailerLength..]) != length) Fault(CaptureFaultKind.LengthsDisagree);
        ReadBody(type, block[BlockHeaderLength..^BlockTrailerLength]);
        _source.Advance((int)length);
        return true;
    }

    // Section 4.1: the magic number, behind type and length, tells the byte order of the section.
    private bool StartSection()
    {
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(_source.Available[BlockHeaderLength..]);
        _littleEndian = magic == PcapngFormat.ByteOrderMagic;
        _interfaces.Clear();
        return _littleEndian || BinaryPrimitives.ReverseEndianness(magic) == PcapngFormat.ByteOrderMagic;
    }

    private void ReadBody(uint type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case PcapngFormat.SectionHeaderBlock: ReadSectionHeader(body); break;
            case PcapngFormat.InterfaceDescriptionBlock: ReadInterface(body); break;
            case PcapngFormat.EnhancedPacketBlock: ReadEnhancedPacket(body); break;
            case PcapngFormat.SimplePacketBlock: ReadSimplePacket(body); break;
            case PcapngFormat.ObsoletePacketBlock: ReadObsoletePacket(body); break;
            case PcapngFormat.DecryptionSecretsBlock: ReadSecrets(body); break;
        }
    }

    // Section 4.1: byte-order magic, major, minor, section length, options.
    private void ReadSectionHeader(ReadOnlySpan<byte> body)
    {
        if (HasLength(body, 16)) ReadOptions(body[16..]);
    }

    // Section 4.2: link type, reserved, snap length, options.
    private void ReadInterface(ReadOnlySpan<byte> body)
    {
        if (!HasLength(body, 8)) return;
        var unit = TimestampUnit.Default;
        var options = body[8..];
        while (NextOption(ref options, out var code, out var value))
        {
            unit = (code, value.Length) switch
            {
                (PcapngFormat.InterfaceTimestampResolution, 1) => unit with { Resolution = value[0] },
                (PcapngFormat.InterfaceTimestampOffset, 8) => unit with { OffsetSeconds = (long)U64(value) },
                _ => unit,
            };
        }
        _interfaces.Add(new(new(U16(body)), U32(body[4..]), unit));
        reading.Interfaces++;
    }

    // Section 4.3: interface, timestamp (high, low), captured length, original length, data, options.
    private void ReadEnhancedPacket(ReadOnlySpan<byte> body)
    {
        if (HasLength(body, 20)) ReadPacket(U32(body), body[4..]);
    }

    // Section 4.8 (obsolete Packet Block): interface (16 bits), drops (16 bits), then as above.
    private void ReadObsoletePacket(ReadOnlySpan<byte> body)
    {
        if (HasLength(body, 20)) ReadPacket(U16(body), body[4..]);
    }

    private void ReadPacket(uint interfaceNumber, ReadOnlySpan<byte> body)
    {
        var captured = U32(body[8..]);
        if (!HasInterface(interfaceNumber) || !HasLength(body[16..], captured)) return;
        var from = _interfaces[(int)interfaceNumber];
        var time = from.Unit.ToUnixNanoseconds(((ulong)U32(body) << 32) | U32(body[4..]));
        var data = body[16..];
        reading.Frame(from.LinkType, time, U32(body[12..]), data[..(int)captured]);
        ReadOptions(data[Math.Min(((int)captured + 3) & ~3, data.Length)..]);
    }

    // Section 4.4: original length, data; always of the first interface, without a time.
    private void ReadSimplePacket(ReadOnlySpan<byte> body)
    {
        if (!HasLength(body, 4) || !HasInterface(0)) return;
        var original = U32(body);
        var snapLength = _interfaces[0].SnapLength is 0 ? uint.MaxValue : _interfaces[0].SnapLength;
        var captured = Math.Min(Math.Min(original, snapLength), (uint)(body.Length - 4));
        reading.Frame(_interfaces[0].LinkType, 0, original, body.Slice(4, (int)captured));
    }

    // Section 4.7: type, length, data, options.
    private void ReadSecrets(ReadOnlySpan<byte> body)
    {
        if (!HasLength(body, 8)) return;
        var length = U32(body[4..]);
        if (HasLength(body[8..], length)) reading.Sink.Secrets(U32(body), body.Slice(8, (int)length));
    }

    private void ReadOptions(ReadOnlySpan<byte> options)
    {
        while (NextOption(ref options, out var code, out var value))
        {
            if (code == PcapngFormat.OptionComment) reading.Sink.Comment(Encoding.UTF8.GetString(value));
        }
    }

    // Section 3.5: code, length, value padded to 32 bits.
    private bool NextOption(ref ReadOnlySpan<byte> options, out ushort code, out ReadOnlySpan<byte> value)
    {
        code = 0;
        value = default;
        if (options.Length < 4) return false;
        code = U16(options);
        int length = U16(options[2..]);
        if (code == PcapngFormat.OptionEnd) return false;
        if (!HasLength(options[4..], (uint)length)) return false;
        value = options.Slice(4, length);
        options = options[Math.Min(4 + ((length + 3) & ~3), options.Length)..];
        return true;
    }

    private bool HasLength(ReadOnlySpan<byte> bytes, uint required)
    {
        if ((uint)bytes.Length >= required) return true;
        Fault(CaptureFaultKind.BadLength);
        return false;
    }

    private bool HasInterface(uint number)
    {
        if (number < (uint)_interfaces.Count) return true;
        Fault(CaptureFaultKind.UnknownInterface);
        return false;
    }

    private void Fault(CaptureFaultKind kind) => reading.Fault(kind, _blockOffset);

    private bool Broken(CaptureFaultKind kind)
    {
        Fault(kind);
        return false;
    }

    private ushort U16(ReadOnlySpan<byte> bytes) => _littleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private uint U32(ReadOnlySpan<byte> bytes) => _littleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private ulong U64(ReadOnlySpan<byte> bytes) => _littleEndian
        ? BinaryPrimitives.ReadUInt64LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt64BigEndian(bytes);
}

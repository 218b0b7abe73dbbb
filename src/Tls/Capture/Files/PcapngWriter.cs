using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace TlsInterop.Tls.Capture.Files;

/// <summary>
/// Writes a section of pcapng: header, interfaces, secrets, frames with nanoseconds. Nothing in it names the machine.
/// </summary>
/// <remarks>draft-ietf-opsawg-pcapng, Section 4.</remarks>
internal sealed class PcapngWriter
{
    private const string Application = "tlsinterop";
    private const byte Nanoseconds = 9;

    private readonly Stream _stream;
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly Dictionary<LinkType, int> _interfaces = [];

    private PcapngWriter(Stream stream) => _stream = stream;

    public static void Write(
        Stream stream, IEnumerable<CapturedFrame> frames, ReadOnlySpan<byte> keyLog, string? comment)
    {
        var writer = new PcapngWriter(stream);
        writer.SectionHeader(comment);
        // Wireshark takes secrets for the frames behind them only.
        if (!keyLog.IsEmpty) writer.Secrets(PcapngFormat.TlsKeyLog, keyLog);
        foreach (var frame in frames)
        {
            if (!writer._interfaces.ContainsKey(frame.Header.LinkType)) writer.Interface(frame.Header.LinkType);
            writer.Packet(frame);
        }
    }

    private void SectionHeader(string? comment)
    {
        U32(PcapngFormat.ByteOrderMagic);
        U16(1); // major
        U16(0); // minor
        U32(uint.MaxValue); // section length: not specified
        U32(uint.MaxValue);
        if (comment is not null) Option(PcapngFormat.OptionComment, Encoding.UTF8.GetBytes(comment));
        Option(PcapngFormat.SectionHardware, Encoding.UTF8.GetBytes(RuntimeInformation.OSArchitecture.ToString()));
        Option(PcapngFormat.SectionOs, Encoding.UTF8.GetBytes(OsFamily));
        Option(PcapngFormat.SectionApplication, Encoding.UTF8.GetBytes(Application));
        Option(PcapngFormat.OptionEnd, []);
        Block(PcapngFormat.SectionHeaderBlock);
    }

    private static string OsFamily =>
        OperatingSystem.IsLinux() ? "Linux"
        : OperatingSystem.IsMacOS() ? "macOS"
        : OperatingSystem.IsWindows() ? "Windows"
        : "other";

    private void Interface(LinkType linkType)
    {
        _interfaces.Add(linkType, _interfaces.Count);
        U16(linkType.Code);
        U16(0); // reserved
        U32(0); // snap length: no limit
        Option(PcapngFormat.InterfaceTimestampResolution, [Nanoseconds]);
        Option(PcapngFormat.OptionEnd, []);
        Block(PcapngFormat.InterfaceDescriptionBlock);
    }

    private void Secrets(uint type, ReadOnlySpan<byte> secrets)
    {
        U32(type);
        U32((uint)secrets.Length);
        Padded(secrets);
        Block(PcapngFormat.DecryptionSecretsBlock);
    }

    private void Packet(in CapturedFrame frame)
    {
        var time = (ulong)frame.Header.At.UnixNanoseconds;
        U32((uint)_interfaces[frame.Header.LinkType]);
        U32((uint)(time >> 32));
        U32((uint)time);
        U32((uint)frame.Bytes.Length);
        U32((uint)Math.Max(frame.Header.OriginalLength, frame.Bytes.Length));
        Padded(frame.Bytes.Span);
        Block(PcapngFormat.EnhancedPacketBlock);
    }

    private void Option(ushort code, ReadOnlySpan<byte> value)
    {
        if (value.Length > ushort.MaxValue) value = value[..ushort.MaxValue];
        U16(code);
        U16((ushort)value.Length);
        Padded(value);
    }

    private void Padded(ReadOnlySpan<byte> bytes)
    {
        _body.Write(bytes);
        ReadOnlySpan<byte> padding = [0, 0, 0];
        _body.Write(padding[..(-bytes.Length & 3)]);
    }

    /// <summary>Writes what was gathered as a block.</summary>
    private void Block(uint type)
    {
        Span<byte> header = stackalloc byte[8];
        var length = (uint)_body.WrittenCount + 12;
        BinaryPrimitives.WriteUInt32LittleEndian(header, type);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], length);
        _stream.Write(header);
        _stream.Write(_body.WrittenSpan);
        _stream.Write(header[4..]);
        _body.ResetWrittenCount();
    }

    private void U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_body.GetSpan(2), value);
        _body.Advance(2);
    }

    private void U32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_body.GetSpan(4), value);
        _body.Advance(4);
    }
}

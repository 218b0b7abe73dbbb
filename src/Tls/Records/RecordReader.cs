using System.Buffers.Binary;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Records;

/// <summary>
/// Cuts one direction of a connection into records, whatever segments it comes in. Behind a gap or behind bytes that
/// are no TLS it looks for the next header and goes on. Keeps at most one record, and copies none.
/// </summary>
/// <remarks>RFC 8446, Section 5.1; the SSL 2.0 form of a first ClientHello: RFC 5246, Appendix E.2.</remarks>
public sealed class RecordReader(IRecordSink sink)
{
    private readonly OctetStream _octets = new();
    private bool _isFirst = true;
    private bool _isLost;
    private SslV2 _sslV2;
    private int _inside;

    /// <summary>
    /// Octets since the last record, before the one that the sink is told of: missing, cut off, or no record.
    /// </summary>
    public long Lost { get; private set; }

    /// <summary>How far SSL 2.0 is spoken: its ClientHello may be answered with TLS, all others may not.</summary>
    private enum SslV2 : byte { No, Perhaps, Yes }

    /// <summary>
    /// True if these octets may begin a record or a hello of SSL 2.0; null if more are needed to tell.
    /// </summary>
    public static bool? LooksLikeTls(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return null;
        if (new ContentType(bytes[0]) is { IsKnown: true } type)
        {
            if (bytes.Length < 3) return bytes.Length < 2 || bytes[1] == 3 ? null : false;
            if (bytes[1] != 3 || bytes[2] <= 4) return bytes[1] == 3;
            // RFC 5246, Appendix E.1: the record of a ClientHello may have any minor version.
            return type != ContentType.Handshake ? false
                : bytes.Length <= TlsRecord.HeaderLength ? null
                : bytes[TlsRecord.HeaderLength] == HandshakeType.ClientHello.Code;
        }
        return (bytes[0] & 0x80) == 0 ? false : bytes.Length < 5 ? null : IsSslV2Hello(bytes);
    }

    /// <summary>The next octets of the direction; they are copied.</summary>
    public void Read(ReadOnlySpan<byte> bytes, FrameStamp at)
    {
        _octets.Append(bytes);
        Read(at);
    }

    /// <summary>
    /// The next octets of the direction, which nobody may change any more: records are slices of them.
    /// </summary>
    public void Adopt(ReadOnlyMemory<byte> bytes, FrameStamp at)
    {
        _octets.Adopt(bytes);
        Read(at);
    }

    /// <summary>
    /// Octets that the capture does not hold: what is pending can't be completed. A gap inside of a record whose length
    /// is known hides no other one: then the next header's place is known too.
    /// </summary>
    public void Gap(long length, FrameStamp at)
    {
        var rest = _inside > 0 ? _inside : RestOfPending();
        Lost += _octets.Count + length;
        Drop(FaultOwner.CutCapture, at);
        _isLost = rest < length;
        _inside = _isLost ? 0 : (int)(rest - length);
    }

    /// <summary>The end of the direction.</summary>
    /// <param name="owner">Who is to blame for a record that is not complete.</param>
    /// <param name="at">The frame that showed the end.</param>
    public void End(FaultOwner owner, FrameStamp at) => Drop(owner, at);

    private void Read(FrameStamp at)
    {
        if (_inside > 0) SkipInside();
        while (Next(_octets.Window, at) is var length and > 0) _octets.Consume(length);
    }

    private void SkipInside()
    {
        var skipped = Math.Min(_inside, _octets.Count);
        _octets.Consume(skipped);
        _inside -= skipped;
        Lost += skipped;
    }

    // Octets that the record that has begun still needs; 0 if none has, or its header is not complete.
    private int RestOfPending()
    {
        var bytes = _octets.Window.Span;
        if (_isLost || bytes.Length < TlsRecord.HeaderLength || !new ContentType(bytes[0]).IsKnown) return 0;
        _isFirst = false;
        return TlsRecord.HeaderLength + RecordHeader.Read(bytes).Length - bytes.Length;
    }

    private void Drop(FaultOwner owner, FrameStamp at)
    {
        if (_octets.Count == 0) return;
        var rest = _octets.Window;
        _octets.Clear();
        var reader = new WireReader(rest, owner);
        if (IsSslV2Next(rest.Span))
        {
            _ = reader.Take(SslV2HeaderLength(rest.Span) + SslV2Length(rest.Span), "fragment");
            if (reader.Fault is { } cut) sink.Fault(cut, rest, at);
            return;
        }
        _ = reader.U8("type");
        _ = reader.U16("legacy_record_version");
        _ = reader.Vector16("fragment");
        if (reader.Fault is { } fault) sink.Fault(fault, rest, at);
    }

    // Gives the octets that were used, or 0 if more are needed.
    private int Next(ReadOnlyMemory<byte> window, FrameStamp at)
    {
        var bytes = window.Span;
        if (bytes.IsEmpty) return 0;
        if (_isLost) return Skip(window, at);
        if (IsSslV2Next(bytes)) return NextSslV2(window, at);

        if (LooksLikeTls(bytes) is not { } isTls) return 0;
        if (!isTls) return Lose(WireFaultKind.NotTls, window, at);
        if (bytes.Length < TlsRecord.HeaderLength) return 0;
        var header = RecordHeader.Read(bytes);
        if (!header.IsLengthPossible) return Lose(WireFaultKind.LengthOutOfRange, window, at);
        var end = TlsRecord.HeaderLength + header.Length;
        if (bytes.Length < end) return 0;
        _isFirst = false;
        _sslV2 = SslV2.No;
        sink.Record(new(header.Type, header.Version, window[TlsRecord.HeaderLength..end], at));
        Lost = 0;
        return end;
    }

    private bool IsSslV2Next(ReadOnlySpan<byte> bytes) => _sslV2 switch
    {
        SslV2.Yes => true,
        SslV2.Perhaps => (bytes[0] & 0x80) != 0,
        _ => _isFirst && (bytes[0] & 0x80) != 0,
    };

    // The SSL Protocol Version 2.0, Section 1.1: two octets of length, or, with padding, three.
    private static int SslV2HeaderLength(ReadOnlySpan<byte> bytes) => (bytes[0] & 0x80) != 0 ? 2 : 3;

    private static int SslV2Length(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 2 ? 0 : ((bytes[0] & ((bytes[0] & 0x80) != 0 ? 0x7f : 0x3f)) << 8) | bytes[1];

    private int NextSslV2(ReadOnlyMemory<byte> window, FrameStamp at)
    {
        var bytes = window.Span;
        if (_isFirst)
        {
            if (LooksLikeTls(bytes) is not { } isHello) return 0;
            if (!isHello) return Lose(WireFaultKind.NotTls, window, at);
        }
        var header = SslV2HeaderLength(bytes);
        var end = header + SslV2Length(bytes);
        if (bytes.Length < header || bytes.Length < end) return 0;
        var isHelloOfClient = _isFirst && bytes[header] == HandshakeType.ClientHello.Code;
        _sslV2 = isHelloOfClient ? SslV2.Perhaps : SslV2.Yes;
        var type = _isFirst ? ContentType.Handshake : ContentType.ApplicationData;
        _isFirst = false;
        sink.Record(new(type, ProtocolVersion.Ssl2, window[header..end], at) { IsSslV2 = true });
        Lost = 0;
        return end;
    }

    private static bool? IsSslV2Hello(ReadOnlySpan<byte> bytes)
    {
        if (bytes[2] == HandshakeType.ClientHello.Code) return bytes[3] is 0 or 3 && bytes[4] <= 4;
        // ERROR, and the four codes that it may have
        if (bytes[..4].SequenceEqual<byte>([0x80, 3, 0, 0])) return bytes[4] is 1 or 2 or 4 or 6;
        if (bytes[2] != SslV2ServerHello.MessageType || bytes[3] > 1 || bytes[4] > 1) return false;
        if (bytes.Length < 2 + SslV2ServerHello.FixedLength) return null;
        // SERVER-VERSION, and three lengths that make up the message
        var reader = bytes[5..];
        return BinaryPrimitives.ReadUInt16BigEndian(reader) == ProtocolVersion.Ssl2.Code
            && SslV2Length(bytes) == SslV2ServerHello.FixedLength + BinaryPrimitives.ReadUInt16BigEndian(reader[2..])
                + BinaryPrimitives.ReadUInt16BigEndian(reader[4..]) + BinaryPrimitives.ReadUInt16BigEndian(reader[6..]);
    }

    private int Lose(WireFaultKind kind, ReadOnlyMemory<byte> window, FrameStamp at)
    {
        _isLost = true;
        Lost += window.Length;
        // What stands in place of a record may be clear text with a password: the header's octets tell enough.
        var start = window[..Math.Min(window.Length, TlsRecord.HeaderLength)];
        var detail = kind == WireFaultKind.LengthOutOfRange
            ? $"Expected a record of at most 2^14 + 2048 octets. Got: {RecordHeader.Read(start.Span).Length}"
            : $"Expected a record header. Got: {Convert.ToHexStringLower(start.Span)}";
        var fault = new WireFault(kind, "TLSPlaintext", 0, FaultOwner.Peer, detail);
        sink.Fault(fault, start, at);
        return window.Length;
    }

    // Lost: a header is believed if its type, version and length make sense.
    private int Skip(ReadOnlyMemory<byte> window, FrameStamp at)
    {
        for (var skipped = 0; skipped < window.Length; skipped++)
        {
            var rest = window.Span[skipped..];
            if (LooksLikeTls(rest) == false) continue;
            if (rest.Length < TlsRecord.HeaderLength)
            {
                Lost += skipped;
                return skipped;
            }
            var header = RecordHeader.Read(rest);
            if (!header.IsLengthPossible || !header.Type.IsKnown || header.Length == 0) continue;
            _isLost = false;
            _isFirst = false;
            Lost += skipped;
            return skipped > 0 ? skipped : Next(window, at);
        }
        Lost += window.Length;
        return window.Length;
    }
}

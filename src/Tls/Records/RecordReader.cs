using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Records;

/// <summary>
/// Cuts one direction of a connection into records, whatever segments it comes in. Behind a gap or behind bytes that
/// are no TLS it looks for the next header and goes on. Keeps at most one record.
/// </summary>
/// <remarks>RFC 8446, Section 5.1; the SSL 2.0 form of a first ClientHello: RFC 5246, Appendix E.2.</remarks>
public sealed class RecordReader(IRecordSink sink)
{
    private byte[] _pending = new byte[512];
    private int _count;
    private bool _isFirst = true;
    private bool _isLost;

    /// <summary>
    /// True if these octets may begin a record or a ClientHello of SSL 2.0; null if more are needed to tell.
    /// </summary>
    public static bool? LooksLikeTls(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return null;
        if (new ContentType(bytes[0]).IsKnown)
            return bytes.Length < 3 ? bytes.Length < 2 || bytes[1] == 3 ? null : false : bytes[1] == 3 && bytes[2] <= 4;
        return (bytes[0] & 0x80) == 0 ? false : bytes.Length < 5 ? null : IsSslV2ClientHello(bytes);
    }

    /// <summary>The next octets of the direction.</summary>
    public void Read(ReadOnlySpan<byte> bytes, FrameStamp at)
    {
        if (_count + bytes.Length > _pending.Length)
            Array.Resize(ref _pending, Math.Max(_count + bytes.Length, _pending.Length * 2));
        bytes.CopyTo(_pending.AsSpan(_count));
        _count += bytes.Length;

        var used = 0;
        while (Next(new ReadOnlyMemory<byte>(_pending, used, _count - used), at) is var length and > 0) used += length;
        _pending.AsSpan(used, _count - used).CopyTo(_pending);
        _count -= used;
        if (_count == 0 && _pending.Length > TlsRecord.MaxFragmentLength * 2) _pending = new byte[512];
    }

    /// <summary>Octets that the capture does not hold: what is pending can't be completed.</summary>
    public void Gap(FrameStamp at)
    {
        Drop(FaultOwner.CutCapture, at);
        _isLost = true;
    }

    /// <summary>The end of the direction.</summary>
    /// <param name="owner">Who is to blame for a record that is not complete.</param>
    /// <param name="at">The frame that showed the end.</param>
    public void End(FaultOwner owner, FrameStamp at) => Drop(owner, at);

    private void Drop(FaultOwner owner, FrameStamp at)
    {
        if (_count == 0) return;
        var rest = _pending.AsSpan(0, _count).ToArray();
        _count = 0;
        var reader = new WireReader(rest, owner);
        _ = ReadHeader(ref reader, out _, out _, out var length);
        _ = reader.Take(length, "fragment");
        if (reader.Fault is { } fault) sink.Fault(fault, rest, at);
    }

    // Gives the octets that were used, or 0 if more are needed.
    private int Next(ReadOnlyMemory<byte> bytes, FrameStamp at)
    {
        if (bytes.IsEmpty) return 0;
        if (_isLost) return Skip(bytes, at);
        var reader = new WireReader(bytes);
        if (_isFirst && (bytes.Span[0] & 0x80) != 0 && !new ContentType(bytes.Span[0]).IsKnown)
            return NextSslV2(bytes, at);

        if (LooksLikeTls(bytes.Span) is not { } isTls) return 0;
        if (!isTls) return Lose(WireFaultKind.NotTls, bytes, at);
        if (bytes.Length < TlsRecord.HeaderLength) return 0;
        if (!ReadHeader(ref reader, out var type, out var version, out var length))
            return Lose(WireFaultKind.LengthOutOfRange, bytes, at);
        if (reader.Remaining < length) return 0;
        _isFirst = false;
        sink.Record(new(type, version, reader.Take(length, "fragment").ToArray(), at));
        return reader.Offset;
    }

    private static bool ReadHeader(
        ref WireReader reader, out ContentType type, out ProtocolVersion version, out int length)
    {
        // struct { ContentType type; ProtocolVersion legacy_record_version; uint16 length;
        //          opaque fragment[length]; } TLSPlaintext;
        type = new(reader.U8("type"));
        version = new(reader.U16("legacy_record_version"));
        length = reader.U16("length");
        return reader.Fault is null && length <= TlsRecord.MaxFragmentLength;
    }

    private int NextSslV2(ReadOnlyMemory<byte> bytes, FrameStamp at)
    {
        if (LooksLikeTls(bytes.Span) is not { } isHello) return 0;
        if (!isHello) return Lose(WireFaultKind.NotTls, bytes, at);
        var reader = new WireReader(bytes);
        var length = reader.U16("msg_length") & 0x7fff;
        if (reader.Remaining < length) return 0;
        _isFirst = false;
        var fragment = reader.Take(length, "fragment").ToArray();
        sink.Record(new(ContentType.Handshake, new(0x0002), fragment, at) { IsSslV2 = true });
        return reader.Offset;
    }

    private static bool IsSslV2ClientHello(ReadOnlySpan<byte> bytes) =>
        bytes[2] == 1 && bytes[3] is 0 or 3 && bytes[4] <= 4;

    private int Lose(WireFaultKind kind, ReadOnlyMemory<byte> bytes, FrameStamp at)
    {
        _isLost = true;
        var start = Convert.ToHexStringLower(bytes.Span[..Math.Min(bytes.Length, TlsRecord.HeaderLength)]);
        var fault = new WireFault(kind, "TLSPlaintext", 0, FaultOwner.Peer, $"Expected a record header. Got: {start}");
        sink.Fault(fault, bytes.ToArray(), at);
        return bytes.Length;
    }

    // Lost: a header is believed if its type, version and length make sense.
    private int Skip(ReadOnlyMemory<byte> bytes, FrameStamp at)
    {
        for (var skipped = 0; skipped < bytes.Length; skipped++)
        {
            var rest = bytes[skipped..];
            if (LooksLikeTls(rest.Span) == false) continue;
            if (rest.Length < TlsRecord.HeaderLength) return skipped;
            var reader = new WireReader(rest);
            if (!ReadHeader(ref reader, out var type, out _, out var length) || !type.IsKnown || length == 0) continue;
            _isLost = false;
            _isFirst = false;
            return skipped > 0 ? skipped : Next(rest, at);
        }
        return bytes.Length;
    }
}

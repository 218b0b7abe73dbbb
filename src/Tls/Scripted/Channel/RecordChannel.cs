using System.Buffers;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Channel;

/// <summary>
/// Sends and receives records over a connected stream; what is sent waits for <see cref="FlushAsync"/>.
/// </summary>
/// <param name="transport">The connected stream.</param>
/// <param name="manner">How records are made.</param>
/// <param name="random">Where the manner's chances come from.</param>
internal sealed class RecordChannel(Stream transport, RecordManner manner, SecureRandom random)
{
    private readonly ArrayBufferWriter<byte> _outgoing = new();
    private long _sent;

    /// <summary>The version in the headers of what is sent; in TLS 1.3 that of 1.2.</summary>
    public ProtocolVersion HeaderVersion { get; set; } = ProtocolVersion.Tls10;

    /// <summary>True if content types hide behind application_data when records are protected.</summary>
    public bool IsTls13 { get; set; }

    /// <summary>The protection of what comes; null for none.</summary>
    public RecordProtection? Reading { get; set; }

    /// <summary>The protection of what is sent; null for none.</summary>
    public RecordProtection? Writing { get; set; }

    /// <summary>Makes records of content, and keeps them.</summary>
    public void Send(ContentType type, ReadOnlyMemory<byte> content)
    {
        // RFC 8446, Appendix D.4: this one is never protected in TLS 1.3.
        var protection = IsTls13 && type == ContentType.ChangeCipherSpec ? null : Writing;
        foreach (var piece in manner.Cut(type, content, protection is not null))
            _outgoing.Write(manner.Alter(type, protection is not null, Record(type, piece, protection)));
    }

    /// <summary>Sends what was kept.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var rest = _outgoing.WrittenMemory.ToArray().AsMemory();
        _outgoing.ResetWrittenCount();
        while (!rest.IsEmpty)
        {
            var isSlow = _sent < RecordManner.SlowOctets;
            var segment = rest[..Math.Min(isSlow ? manner.SegmentLength : int.MaxValue, rest.Length)];
            await transport.WriteAsync(segment, cancellationToken);
            await transport.FlushAsync(cancellationToken);
            _sent += segment.Length;
            rest = rest[segment.Length..];
            if (isSlow && !rest.IsEmpty && manner.SegmentPause > TimeSpan.Zero)
                await Task.Delay(manner.SegmentPause, cancellationToken);
        }
    }

    /// <summary>Takes what comes, whatever it is, until the peer closes.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var unread = new byte[4096];
        try
        {
            while (await transport.ReadAsync(unread, cancellationToken) > 0)
            {
                // Nobody reads it.
            }
        }
        catch (IOException)
        {
            // A reset is an end as well.
        }
    }

    /// <summary>The next record, or null behind the last.</summary>
    /// <exception cref="ScriptedFault">It is no record, is cut, or can't be opened.</exception>
    public async Task<ReceivedRecord?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var header = new byte[TlsRecord.HeaderLength];
        var read = await transport.ReadAtLeastAsync(
            header, header.Length, throwOnEndOfStream: false, cancellationToken);
        if (read == 0) return null;
        if (read < header.Length) throw new ScriptedFault($"Expected the header of a record. Got: {read} octets of it");

        var (type, version, length) = RecordHeader.Read(header);
        if (Alert(type, version, length, MostOctets) is { } alert)
            throw new ScriptedFault($"Expected a record. Got: {Convert.ToHexStringLower(header)}", alert);
        var fragment = new byte[length];
        read = await transport.ReadAtLeastAsync(fragment, length, throwOnEndOfStream: false, cancellationToken);
        if (read < length) throw new ScriptedFault($"Expected {length} octets of a record. Got: {read}");

        if (Reading is null || (IsTls13 && type == ContentType.ChangeCipherSpec)) return new(type, fragment, null);
        // RFC 8446, Section 6: alerts are protected as the current state has it, and a peer that refuses may have none.
        if (IsTls13 && type == ContentType.Alert && length == 2) return new(type, fragment, null);
        var opened = Reading.Open(type.Code, version.Code, fragment);
        if (opened.Status != RecordStatus.Ok)
            throw new ScriptedFault($"Expected a record that opens. Got: {opened.Status}", "bad_record_mac");
        var inner = new ContentType(opened.ContentType);
        if (Alert(inner, version, opened.Content.Length, RecordManner.MostContent) is { } wrong)
            throw new ScriptedFault(
                $"Expected content of a record. Got: {opened.Content.Length} octets of type {inner}", wrong);
        return new(inner, opened.Content, opened);
    }

    // RFC 5246, Section 6.2.3; RFC 8446, Section 5.2
    private int MostOctets => Reading is null ? RecordManner.MostContent
        : IsTls13 ? RecordManner.MostContent + 256
        : TlsRecord.MaxFragmentLength;

    // RFC 8446, Sections 5 and 5.1
    private static string? Alert(ContentType type, ProtocolVersion version, int length, int most) =>
        !type.IsKnown ? "unexpected_message"
        : version.Code >> 8 != 3 ? "protocol_version"
        : length > most ? "record_overflow"
        : null;

    private byte[] Record(ContentType type, ReadOnlyMemory<byte> content, RecordProtection? protection)
    {
        var outer = protection is not null && IsTls13 ? ContentType.ApplicationData : type;
        var version = manner.Version(type, HeaderVersion);
        var writer = new WireWriter();
        writer.U8(outer.Code);
        writer.U16(version.Code);
        writer.Vector16(protection is null ? content.Span : Sealed(protection, type, version, content), "fragment");
        return writer.ToArray();
    }

    private byte[] Sealed(
        RecordProtection protection, ContentType type, ProtocolVersion version, ReadOnlyMemory<byte> content) =>
        protection.Seal(
            type.Code, version.Code, content.Span,
            manner.ExtraPadding(random, content.Length, protection.OctetsPerBlock));
}

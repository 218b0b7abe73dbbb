using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>A ClientHello that is cut in its extensions, up to the last whole one.</summary>
internal static class CutHello
{
    /// <summary>The message with the extensions that are whole; null if the cut is before them.</summary>
    public static HandshakeMessage? Of(ReadOnlyMemory<byte> cut, in MessageContext context)
    {
        // RFC 8446, Section 4.1.2
        var reader = new WireReader(cut);
        _ = reader.U8("msg_type");
        _ = reader.U24("length");
        var body = new WireWriter();
        body.U16(reader.U16("legacy_version"));
        body.Opaque(reader.Take(32, "random").Span);
        body.Vector8(reader.Vector8("legacy_session_id", max: 32).Span, "legacy_session_id");
        body.Vector16(reader.Vector16("cipher_suites").Span, "cipher_suites");
        body.Vector8(reader.Vector8("legacy_compression_methods").Span, "legacy_compression_methods");
        var length = reader.U16("extensions");
        if (reader.Fault is not null) return null;
        // What stands behind the list is none of it, though it may be all that is not cut.
        var extensions = new WireReader(reader.Take(Math.Min(length, reader.Remaining), "extensions"));
        using (body.List16("extensions"))
        {
            while (Next(ref extensions) is var (type, data))
            {
                body.U16(type);
                body.Vector16(data.Span, "extension_data");
            }
        }
        var whole = new WireWriter();
        whole.U8(HandshakeType.ClientHello.Code);
        using (whole.List24("body")) whole.Opaque(body.ToArray());
        return HandshakeMessage.Read(whole.ToArray(), context);
    }

    private static (ushort Type, ReadOnlyMemory<byte> Data)? Next(ref WireReader reader)
    {
        if (!reader.More) return null;
        var type = reader.U16("extension_type");
        var data = reader.Vector16("extension_data");
        return reader.Fault is null ? (type, data) : null;
    }
}

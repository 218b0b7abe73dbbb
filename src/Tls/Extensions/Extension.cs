using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>One extension: its bytes as sent, and what they say.</summary>
/// <param name="Type">Extension type.</param>
/// <param name="Data">The extension_data as sent.</param>
/// <param name="Body">The content as far as it could be read.</param>
/// <param name="Fault">Why the rest of the content could not be read, or null. It concerns this extension only.</param>
public sealed record Extension(ExtensionType Type, ReadOnlyMemory<byte> Data, ExtensionBody Body, WireFault? Fault)
{
    /// <summary>An extension to be sent.</summary>
    public static Extension Of(ExtensionType type, ExtensionBody body, ExtensionPlace place)
    {
        var data = new WireWriter();
        body.Write(data, place);
        return new(type, data.ToArray(), body, Fault: null);
    }

    /// <summary>Reads the content of an extension.</summary>
    /// <param name="type">Extension type.</param>
    /// <param name="data">The extension_data as sent.</param>
    /// <param name="place">The message that it stands in.</param>
    /// <param name="offset">Offset of the data in the message, for faults.</param>
    internal static Extension Read(ExtensionType type, ReadOnlyMemory<byte> data, ExtensionPlace place, int offset)
    {
        // A bad extension must not hide its neighbours: each has a reader, and so a fault, of its own.
        var reader = new WireReader(data, offset: offset);
        var body = ExtensionReaders.Read(type, ref reader, place);
        return new(type, data, body, reader.Fault);
    }

    /// <summary>Writes it from its content; what could not be read is repeated as it was sent.</summary>
    public void Write(WireWriter writer, ExtensionPlace place)
    {
        writer.U16(Type.Code);
        using var data = writer.List16("extension_data");
        if (Fault is null) Body.Write(writer, place);
        else writer.Opaque(Data.Span);
    }
}

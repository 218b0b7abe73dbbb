using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>The server's answers to extensions that need no key exchange to be read.</summary>
/// <remarks>RFC 8446, Section 4.3.1.</remarks>
public sealed record EncryptedExtensions(ExtensionList ExtensionList) : HandshakeBody
{
    public override ExtensionList Extensions => ExtensionList;

    public static EncryptedExtensions Read(ref WireReader reader, in MessageContext context)
    {
        // struct { Extension extensions<0..2^16-1>; } EncryptedExtensions;
        var extensions = ExtensionList.Read(ref reader, ExtensionPlace.EncryptedExtensions);
        reader.End("EncryptedExtensions");
        return new(extensions);
    }

    public override void Write(WireWriter writer, in MessageContext context) =>
        ExtensionList.Write(writer, ExtensionPlace.EncryptedExtensions);
}

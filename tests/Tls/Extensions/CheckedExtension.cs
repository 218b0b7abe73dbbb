using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Tests.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Extensions;

/// <summary>An extension put together by hand.</summary>
internal static class CheckedExtension
{
    /// <summary>Reads the only extension of a list.</summary>
    public static Extension Read(ExtensionType type, ExtensionPlace place, byte[] data)
    {
        byte[] list = CheckedMessage.Vector16(
            [(byte)(type.Code >> 8), (byte)type.Code, .. CheckedMessage.Vector16(data)]);
        var reader = new WireReader(list);
        var read = ExtensionList.Read(ref reader, place);
        Assert.That(reader.Fault, Is.Null);
        return read.Single();
    }

    /// <summary>The content of an extension that is right.</summary>
    public static T Body<T>(ExtensionType type, ExtensionPlace place, byte[] data) where T : ExtensionBody
    {
        var extension = Read(type, place, data);
        Assert.That(extension.Fault, Is.Null);
        Assert.That(extension.Body, Is.TypeOf<T>());
        return (T)extension.Body;
    }
}

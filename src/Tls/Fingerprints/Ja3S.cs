using TlsInterop.Tls.Messages;

namespace TlsInterop.Tls.Fingerprints;

/// <summary>JA3S, the fingerprint of a server's answer to one kind of client, in wire order.</summary>
/// <remarks>https://github.com/salesforce/ja3, "JA3S".</remarks>
public static class Ja3S
{
    /// <summary>The fingerprint: 32 digits in lower case.</summary>
    public static string Of(ServerHello hello) => Make(hello, isHashed: true);

    /// <summary>What is hashed: version, suite and extensions in decimal.</summary>
    public static string Raw(ServerHello hello) => Make(hello, isHashed: false);

    private static string Make(ServerHello hello, bool isHashed)
    {
        var text = new AsciiBuffer(stackalloc char[256]);
        try
        {
            text.AppendDecimal(hello.LegacyVersion.Code);
            text.Append(',');
            text.AppendDecimal(hello.CipherSuite.Code);
            text.Append(',');
            Ja3.AppendTypes(ref text, hello.Extensions);
            return isHashed ? Ja3.Hash(text.Written) : text.ToString();
        }
        finally
        {
            text.Dispose();
        }
    }
}

using TlsInterop.Tls.Messages;

namespace TlsInterop.Tls.Fingerprints;

/// <summary>JA4S, the fingerprint of a server's answer to one kind of client over TCP, in wire order.</summary>
/// <remarks>
/// https://github.com/FoxIO-LLC/ja4, technical_details/JA4S.png. It is part of JA4+, which its authors license apart
/// from JA4 (FoxIO License 1.1). The protocol is that of the ServerHello: in TLS 1.3 always <c>00</c>.
/// </remarks>
public static class Ja4S
{
    /// <summary>The fingerprint: <c>t120400_c030_4e8089b08790</c>.</summary>
    public static string Of(ServerHello hello) => Make(hello, isHashed: true);

    /// <summary>JA4S_r: the same with the list of extensions instead of its hash.</summary>
    public static string Raw(ServerHello hello) => Make(hello, isHashed: false);

    private static string Make(ServerHello hello, bool isHashed)
    {
        var text = new AsciiBuffer(stackalloc char[256]);
        try
        {
            text.Append('t');
            Ja4Text.AppendVersion(ref text, hello.LegacyVersion, hello.Extensions);
            text.AppendCount(hello.Extensions.Count);
            Ja4Text.AppendAlpn(ref text, hello.Extensions);
            text.Append('_');
            text.AppendHex(hello.CipherSuite.Code);
            text.Append('_');
            var start = text.Length;
            for (var i = 0; i < hello.Extensions.Count; i++)
            {
                if (i > 0) text.Append(',');
                text.AppendHex(hello.Extensions[i].Type.Code);
            }
            if (isHashed) Ja4Text.Shorten(ref text, start);
            return text.ToString();
        }
        finally
        {
            text.Dispose();
        }
    }
}

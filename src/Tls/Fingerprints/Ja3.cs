using System.Security.Cryptography;
using System.Text;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Fingerprints;

/// <summary>JA3, the fingerprint of a client: what its ClientHello offers, in wire order.</summary>
/// <remarks>https://github.com/salesforce/ja3, "How it works". GREASE is left out.</remarks>
public static class Ja3
{
    /// <summary>The fingerprint: 32 digits in lower case.</summary>
    public static string Of(ClientHello hello) => Make(hello, isHashed: true);

    /// <summary>What is hashed: version, suites, extensions, groups and point formats in decimal.</summary>
    public static string Raw(ClientHello hello) => Make(hello, isHashed: false);

    /// <summary>What stands for a text of JA3 or JA3S: its MD5 hash.</summary>
    internal static string Hash(ReadOnlySpan<char> text)
    {
        var octets = new byte[text.Length];
        Encoding.ASCII.GetBytes(text, octets);
        return Convert.ToHexStringLower(MD5.HashData(octets));
    }

    internal static void AppendTypes(ref AsciiBuffer text, ExtensionList extensions)
    {
        var start = text.Length;
        for (var i = 0; i < extensions.Count; i++) AppendCode(ref text, start, extensions[i].Type.Code);
    }

    private static string Make(ClientHello hello, bool isHashed)
    {
        var text = new AsciiBuffer(stackalloc char[1024]);
        try
        {
            Append(ref text, hello);
            return isHashed ? Hash(text.Written) : text.ToString();
        }
        finally
        {
            text.Dispose();
        }
    }

    private static void Append(ref AsciiBuffer text, ClientHello hello)
    {
        text.AppendDecimal(hello.LegacyVersion.Code);
        text.Append(',');
        var start = text.Length;
        for (var i = 0; i < hello.CipherSuites.Count; i++) AppendCode(ref text, start, hello.CipherSuites[i].Code);
        text.Append(',');
        AppendTypes(ref text, hello.Extensions);
        text.Append(',');
        if (hello.Extensions.Find<SupportedGroupsExtension>() is { Groups: var groups })
        {
            start = text.Length;
            for (var i = 0; i < groups.Count; i++) AppendCode(ref text, start, groups[i].Code);
        }
        text.Append(',');
        if (hello.Extensions.Find<EcPointFormatsExtension>() is not { Formats: var formats }) return;
        for (var i = 0; i < formats.Count; i++)
        {
            if (i > 0) text.Append('-');
            text.AppendDecimal(formats[i].Code);
        }
    }

    private static void AppendCode(ref AsciiBuffer text, int start, ushort code)
    {
        if (Grease.Is(code)) return;
        if (text.Length > start) text.Append('-');
        text.AppendDecimal(code);
    }
}

using System.Security.Cryptography;
using System.Text;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Fingerprints;

/// <summary>What the fingerprints of both ends write in the same way.</summary>
/// <remarks>https://github.com/FoxIO-LLC/ja4, technical_details/JA4.md.</remarks>
internal static class Ja4Text
{
    private const int HashedOctets = 6;
    private const string NoHash = "000000000000";

    /// <summary>The highest of supported_versions; without it the version of the hello.</summary>
    public static void AppendVersion(ref AsciiBuffer text, ProtocolVersion legacy, ExtensionList extensions)
    {
        var version = legacy.Code;
        if (extensions.Find<SupportedVersionsExtension>() is { Versions: var versions })
        {
            version = 0;
            for (var i = 0; i < versions.Count; i++)
                if (!Grease.Is(versions[i].Code) && versions[i].Code > version) version = versions[i].Code;
        }
        text.Append(version switch
        {
            0x0304 => "13",
            0x0303 => "12",
            0x0302 => "11",
            0x0301 => "10",
            0x0300 => "s3",
            0x0002 => "s2",
            _ => "00",
        });
    }

    /// <summary>
    /// The first and last character of the first protocol, or of its hexadecimal form if one of them is neither letter
    /// nor digit.
    /// </summary>
    public static void AppendAlpn(ref AsciiBuffer text, ExtensionList extensions)
    {
        var name = First(extensions);
        if (name.IsEmpty)
        {
            text.Append("00");
        }
        else if (char.IsAsciiLetterOrDigit((char)name[0]) && char.IsAsciiLetterOrDigit((char)name[^1]))
        {
            text.Append((char)name[0]);
            text.Append((char)name[^1]);
        }
        else
        {
            text.Append(AsciiBuffer.HexDigit(name[0] >> 4));
            text.Append(AsciiBuffer.HexDigit(name[^1]));
        }
    }

    /// <summary>Puts twelve digits of SHA-256 in the place of a text; zeros if there is none.</summary>
    public static void Shorten(ref AsciiBuffer text, int start)
    {
        var hash = text.Length > start ? Hash(text.Written[start..]) : NoHash;
        text.Truncate(start);
        text.Append(hash);
    }

    private static string Hash(ReadOnlySpan<char> text)
    {
        var octets = new byte[text.Length];
        Encoding.ASCII.GetBytes(text, octets);
        return Convert.ToHexStringLower(SHA256.HashData(octets).AsSpan(0, HashedOctets));
    }

    private static ReadOnlySpan<byte> First(ExtensionList extensions)
    {
        if (extensions.Find<AlpnExtension>() is not { Protocols: var protocols }) return default;
        for (var i = 0; i < protocols.Count; i++)
        {
            var name = protocols[i].Span;
            if (name.Length != 2 || !Grease.Is((ushort)(name[0] << 8 | name[1]))) return name;
        }
        return default;
    }
}

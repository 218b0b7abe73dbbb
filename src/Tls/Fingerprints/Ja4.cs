using System.Buffers;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Fingerprints;

/// <summary>
/// JA4, the fingerprint of a client over TCP: what its ClientHello offers, in an order that is always the same.
/// </summary>
/// <remarks>https://github.com/FoxIO-LLC/ja4, technical_details/JA4.md. GREASE is left out everywhere.</remarks>
public static class Ja4
{
    /// <summary>The fingerprint: <c>t13d1516h2_8daaf6152771_e5627efa2ab1</c>.</summary>
    public static string Of(ClientHello hello) => Make(hello, isHashed: true);

    /// <summary>JA4_r: the same with the lists instead of their hashes.</summary>
    public static string Raw(ClientHello hello) => Make(hello, isHashed: false);

    private static string Make(ClientHello hello, bool isHashed)
    {
        var text = new AsciiBuffer(stackalloc char[1024]);
        var codes = ArrayPool<ushort>.Shared.Rent(Math.Max(hello.CipherSuites.Count, hello.Extensions.Count));
        try
        {
            var suites = Suites(hello, codes);
            AppendStart(ref text, hello, suites.Length);
            text.Append('_');
            var start = text.Length;
            AppendSorted(ref text, suites);
            if (isHashed) Ja4Text.Shorten(ref text, start);
            text.Append('_');
            start = text.Length;
            AppendSorted(ref text, OtherExtensions(hello, codes));
            AppendSchemes(ref text, hello);
            if (isHashed) Ja4Text.Shorten(ref text, start);
            return text.ToString();
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(codes);
            text.Dispose();
        }
    }

    private static void AppendStart(ref AsciiBuffer text, ClientHello hello, int suites)
    {
        var extensions = 0;
        for (var i = 0; i < hello.Extensions.Count; i++)
            if (!Grease.Is(hello.Extensions[i].Type.Code)) extensions++;

        text.Append('t');
        Ja4Text.AppendVersion(ref text, hello.LegacyVersion, hello.Extensions);
        text.Append(hello.Extensions.Has(ExtensionType.ServerName) ? 'd' : 'i');
        text.AppendCount(suites);
        text.AppendCount(extensions);
        Ja4Text.AppendAlpn(ref text, hello.Extensions);
    }

    private static Span<ushort> Suites(ClientHello hello, ushort[] codes)
    {
        var count = 0;
        for (var i = 0; i < hello.CipherSuites.Count; i++)
            if (!Grease.Is(hello.CipherSuites[i].Code)) codes[count++] = hello.CipherSuites[i].Code;
        return codes.AsSpan(0, count);
    }

    // The start has told of these two already: the same program goes to names and addresses, by this protocol and that.
    private static Span<ushort> OtherExtensions(ClientHello hello, ushort[] codes)
    {
        var count = 0;
        for (var i = 0; i < hello.Extensions.Count; i++)
        {
            var type = hello.Extensions[i].Type;
            if (type != ExtensionType.ServerName && type != ExtensionType.ApplicationLayerProtocolNegotiation
                && !Grease.Is(type.Code))
                codes[count++] = type.Code;
        }
        return codes.AsSpan(0, count);
    }

    private static void AppendSorted(ref AsciiBuffer text, Span<ushort> codes)
    {
        codes.Sort();
        for (var i = 0; i < codes.Length; i++)
        {
            if (i > 0) text.Append(',');
            text.AppendHex(codes[i]);
        }
    }

    private static void AppendSchemes(ref AsciiBuffer text, ClientHello hello)
    {
        if (hello.Extensions.Find<SignatureAlgorithmsExtension>() is not { Schemes: var schemes }) return;
        var separator = '_';
        for (var i = 0; i < schemes.Count; i++)
        {
            if (Grease.Is(schemes[i].Code)) continue;
            text.Append(separator);
            text.AppendHex(schemes[i].Code);
            separator = ',';
        }
    }
}

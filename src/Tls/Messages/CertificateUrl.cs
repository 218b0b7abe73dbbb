using System.Text;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>Where a certificate or a chain can be fetched.</summary>
/// <param name="Url">The URL in ASCII.</param>
/// <param name="Padding">Always 1.</param>
/// <param name="Sha1Hash">SHA-1 of what is to be found there.</param>
public readonly record struct UrlAndHash(string Url, byte Padding, ReadOnlyMemory<byte> Sha1Hash);

/// <summary>A client's certificate by reference, in the place of Certificate.</summary>
/// <param name="Type">A URL for each certificate, or one for the chain.</param>
/// <param name="UrlAndHashList">The URLs in the order of the chain.</param>
/// <remarks>RFC 6066, Section 5.</remarks>
public sealed record CertificateUrl(CertChainType Type, IReadOnlyList<UrlAndHash> UrlAndHashList) : HandshakeBody
{
    private const int Sha1Length = 20;

    public static CertificateUrl Read(ref WireReader reader, in MessageContext context)
    {
        // struct { opaque url<1..2^16-1>; uint8 padding; opaque SHA1Hash[20]; } URLAndHash;
        // struct { CertChainType type; URLAndHash url_and_hash_list<1..2^16-1>; } CertificateURL;
        var type = new CertChainType(reader.U8("type"));
        var urls = new List<UrlAndHash>();
        var list = reader.List16("url_and_hash_list", min: 1);
        while (list.More)
        {
            var url = list.Vector16("url", min: 1);
            var padding = list.U8("padding");
            var hash = list.Take(Sha1Length, "SHA1Hash");
            if (list.Fault is null) urls.Add(new(Encoding.Latin1.GetString(url.Span), padding, hash));
        }
        reader.End("CertificateURL");
        return new(type, urls);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        writer.U8(Type.Code);
        using var list = writer.List16("url_and_hash_list");
        foreach (var item in UrlAndHashList)
        {
            writer.Vector16(Encoding.Latin1.GetBytes(item.Url), "url");
            writer.U8(item.Padding);
            writer.Opaque(item.Sha1Hash.Span);
        }
    }

    public override string Describe(ITokens tokens) =>
        $"{Type}: {string.Join(", ", UrlAndHashList.Select(item => Printable.Text(item.Url)))}";
}

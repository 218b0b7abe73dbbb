using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>One certificate of a chain.</summary>
/// <param name="Data">The certificate in DER.</param>
/// <param name="Summary">What it says of itself, or null if it could not be read.</param>
/// <param name="Extensions">TLS 1.3: what stands beside it. Before: absent.</param>
public sealed record CertificateEntry(ReadOnlyMemory<byte> Data, CertificateSummary? Summary, ExtensionList Extensions);

/// <summary>The sender's certificate chain, leaf first.</summary>
/// <param name="RequestContext">TLS 1.3: the context of the request that it answers; null before.</param>
/// <param name="Entries">The chain; empty if the client has no certificate.</param>
/// <remarks>RFC 8446, Section 4.4.2; RFC 5246, Section 7.4.2.</remarks>
public sealed record Certificate(
    ReadOnlyMemory<byte>? RequestContext, IReadOnlyList<CertificateEntry> Entries) : HandshakeBody
{
    // What there is of a chain that breaks off before its first certificate must not look like an empty one.
    internal bool IsBroken { get; private init; }

    /// <summary>The chain that a message holds, compressed or not; null if it holds none that can be read.</summary>
    public static Certificate? In(HandshakeBody body) => body switch
    {
        Certificate certificate => certificate,
        CompressedCertificate packed => packed.Certificate,
        _ => null,
    };

    public static Certificate Read(ref WireReader reader, in MessageContext context)
    {
        // TLS 1.3: struct { opaque certificate_request_context<0..2^8-1>;
        //                   CertificateEntry certificate_list<0..2^24-1>; } Certificate;
        //          struct { opaque cert_data<1..2^24-1>; Extension extensions<0..2^16-1>; } CertificateEntry;
        // before:  opaque ASN.1Cert<1..2^24-1>;
        //          struct { ASN.1Cert certificate_list<0..2^24-1>; } Certificate;
        ReadOnlyMemory<byte>? requestContext =
            context.IsTls13 ? reader.Vector8("certificate_request_context") : (ReadOnlyMemory<byte>?)null;
        var entries = new List<CertificateEntry>();
        var list = reader.List24("certificate_list");
        while (list.More)
        {
            var data = list.Vector24("cert_data", min: 1);
            if (list.Fault is not null) break;
            var extensions = context.IsTls13
                ? ExtensionList.Read(ref list, ExtensionPlace.Certificate)
                : ExtensionList.Absent;
            entries.Add(new(data, RecentCertificates.Read(data), extensions));
        }
        reader.End("Certificate");
        return new(requestContext, entries) { IsBroken = reader.Fault is not null };
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        if (RequestContext is { } requestContext) writer.Vector8(requestContext.Span, "certificate_request_context");
        using var list = writer.List24("certificate_list");
        foreach (var entry in Entries)
        {
            writer.Vector24(entry.Data.Span, "cert_data");
            entry.Extensions.Write(writer, ExtensionPlace.Certificate);
        }
    }

    public override string Describe(ITokens tokens)
    {
        if (Entries.Count == 0) return IsBroken ? "certificate unreadable" : "no certificate";
        var names = Entries.Select((entry, index) => index == 0 ? $"leaf {Text(entry)}" : Text(entry));
        return $"{Entries.Count} {(Entries.Count == 1 ? "certificate" : "certificates")}: {string.Join(", ", names)}";
    }

    public override IEnumerable<(string Name, string Text)> Details(ITokens tokens)
    {
        foreach (var extension in Entries.SelectMany(entry => entry.Extensions))
            yield return (extension.Type.ToString(), extension.Body.Describe(tokens));
    }

    private static string Text(CertificateEntry entry) => entry.Summary?.ToString() ?? "unreadable";
}

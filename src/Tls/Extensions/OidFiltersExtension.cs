using TlsInterop.Tls.Wire;
using TlsInterop.Tls.Wire.Der;

namespace TlsInterop.Tls.Extensions;

/// <summary>An extension that a client's certificate must have.</summary>
/// <param name="CertificateExtensionOid">Its identifier in DER.</param>
/// <param name="CertificateExtensionValues">What it must hold, in DER; empty for anything.</param>
public readonly record struct OidFilter(
    ReadOnlyMemory<byte> CertificateExtensionOid, ReadOnlyMemory<byte> CertificateExtensionValues)
{
    /// <summary>The identifier in dotted form; empty if it is none.</summary>
    public string Oid
    {
        get
        {
            var reader = new DerReader(CertificateExtensionOid);
            return DerText.ReadObjectIdentifier(ref reader);
        }
    }
}

/// <summary>What the server wants to find in a client's certificate.</summary>
/// <remarks>RFC 8446, Section 4.2.5.</remarks>
public sealed record OidFiltersExtension(IReadOnlyList<OidFilter> Filters) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { opaque certificate_extension_oid<1..2^8-1>; opaque certificate_extension_values<0..2^16-1>; }
        //     OIDFilter;
        // struct { OIDFilter filters<0..2^16-1>; } OIDFilterExtension;
        var filters = new List<OidFilter>();
        var list = reader.List16("filters");
        while (list.More)
        {
            var oid = list.Vector8("certificate_extension_oid", min: 1);
            var values = list.Vector16("certificate_extension_values");
            if (list.Fault is null) filters.Add(new(oid, values));
        }
        reader.End("oid_filters");
        return new OidFiltersExtension(filters);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List16("filters");
        foreach (var filter in Filters)
        {
            writer.Vector8(filter.CertificateExtensionOid.Span, "certificate_extension_oid");
            writer.Vector16(filter.CertificateExtensionValues.Span, "certificate_extension_values");
        }
    }

    public override string Describe(ITokens tokens) => string.Join(", ", Filters.Select(filter => filter.Oid));
}

using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The authorities whose certificates the sender accepts.</summary>
/// <param name="Authorities">Distinguished names in DER.</param>
/// <remarks>RFC 8446, Section 4.2.4.</remarks>
public sealed record CertificateAuthoritiesExtension(IReadOnlyList<ReadOnlyMemory<byte>> Authorities) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        var authorities = ReadNames(ref reader, min: 3);
        reader.End("certificate_authorities");
        return new CertificateAuthoritiesExtension(authorities);
    }

    /// <summary>The list as it also stands in a CertificateRequest up to TLS 1.2, where it may be empty.</summary>
    internal static List<ReadOnlyMemory<byte>> ReadNames(ref WireReader reader, int min)
    {
        // opaque DistinguishedName<1..2^16-1>;
        // DistinguishedName authorities<3..2^16-1>;
        var authorities = new List<ReadOnlyMemory<byte>>();
        var list = reader.List16("authorities", min);
        while (list.More)
        {
            var name = list.Vector16("distinguished_name", min: 1);
            if (list.Fault is null) authorities.Add(name);
        }
        return authorities;
    }

    public override void Write(WireWriter writer, ExtensionPlace place) => WriteNames(writer, Authorities);

    internal static void WriteNames(WireWriter writer, IEnumerable<ReadOnlyMemory<byte>> authorities)
    {
        using var list = writer.List16("authorities");
        foreach (var name in authorities) writer.Vector16(name.Span, "distinguished_name");
    }

    public override string Describe(ITokens tokens) => $"{Authorities.Count} names";
}

using System.Formats.Asn1;
using System.Net;

namespace TlsInterop.Tls.Verification.Certificates;

/// <summary>The extensions of a certificate that rules ask for; null where it has none of the kind.</summary>
/// <remarks>RFC 5280, Section 4.2.1.</remarks>
internal sealed record CertificateExtensionFacts
{
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag IpAddress = new(TagClass.ContextSpecific, 7);

    /// <summary>dNSName of subjectAltName.</summary>
    public IReadOnlyList<string>? DnsNames { get; private set; }

    /// <summary>iPAddress of subjectAltName.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; private set; } = [];

    /// <summary>cA of basicConstraints.</summary>
    public bool? IsAuthority { get; private set; }

    /// <summary>pathLenConstraint of basicConstraints.</summary>
    public int? PathLength { get; private set; }

    public KeyUsages? KeyUsage { get; private set; }

    /// <summary>Object identifiers of extKeyUsage.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsages { get; private set; }

    /// <summary>
    /// True if it has proxyCertInfo: an end entity issued it, or another proxy, and neither is an authority (RFC 3820,
    /// Section 3.1).
    /// </summary>
    public bool IsProxy { get; private set; }

    /// <summary>Reads the content of the extensions field.</summary>
    /// <exception cref="AsnContentException">If they are no DER.</exception>
    public static CertificateExtensionFacts Read(AsnReader extensions)
    {
        // Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
        var facts = new CertificateExtensionFacts();
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var type = extension.ReadObjectIdentifier();
            if (extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean)) extension.ReadBoolean();
            var value = new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER);
            switch (type)
            {
                case "2.5.29.15": facts.KeyUsage = ReadKeyUsage(value); break;
                case "2.5.29.17": facts.ReadSubjectAltName(value.ReadSequence()); break;
                case "2.5.29.19": facts.ReadBasicConstraints(value.ReadSequence()); break;
                case "1.3.6.1.5.5.7.1.14": facts.IsProxy = true; break;
                case "2.5.29.37": facts.ExtendedKeyUsages = ReadUsages(value.ReadSequence()); break;
            }
        }
        return facts;
    }

    private static KeyUsages ReadKeyUsage(AsnReader value)
    {
        var bits = value.ReadBitString(out _).AsSpan();
        return bits.IsEmpty ? KeyUsages.None : (KeyUsages)((bits[0] << 8) | (bits.Length > 1 ? bits[1] : 0));
    }

    private void ReadSubjectAltName(AsnReader names)
    {
        var (dnsNames, addresses) = (new List<string>(), new List<IPAddress>());
        while (names.HasData)
        {
            var tag = names.PeekTag();
            if (tag == DnsName)
                dnsNames.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, DnsName));
            else if (tag == IpAddress && names.ReadOctetString(IpAddress) is { Length: 4 or 16 } octets)
                addresses.Add(new IPAddress(octets));
            else if (tag != IpAddress)
                names.ReadEncodedValue();
        }
        (DnsNames, Addresses) = (dnsNames, addresses);
    }

    private void ReadBasicConstraints(AsnReader constraints)
    {
        IsAuthority = constraints.HasData && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean)
            && constraints.ReadBoolean();
        if (constraints.HasData && constraints.TryReadInt32(out var length)) PathLength = length;
    }

    private static List<string> ReadUsages(AsnReader value)
    {
        var usages = new List<string>();
        while (value.HasData) usages.Add(value.ReadObjectIdentifier());
        return usages;
    }
}

using TlsInterop.Tls.Wire;
using TlsInterop.Tls.Wire.Der;

namespace TlsInterop.Tls.Messages;

/// <summary>Reads the extensions of a certificate. What cannot be read counts as not there.</summary>
/// <remarks>RFC 5280, Section 4.2.1.</remarks>
internal static class CertificateExtensions
{
    public static List<CertificateExtension> Read(ReadOnlyMemory<byte> explicitExtensions)
    {
        // Extensions ::= SEQUENCE OF SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE,
        //     extnValue OCTET STRING }
        var extensions = new List<CertificateExtension>();
        var list = new DerReader(explicitExtensions).Enter(DerTag.Sequence);
        while (list.More)
        {
            var item = list.Enter(DerTag.Sequence);
            var oid = DerText.ReadObjectIdentifier(ref item);
            var isCritical = item.TryTake(DerTag.Boolean, out var boolean) && boolean.Span is [not 0];
            var value = item.Take(DerTag.OctetString);
            if (!item.Failed) extensions.Add(new(oid, isCritical, value));
        }
        return extensions;
    }

    public static CertificateKeyUsage? KeyUsage(CertificateExtension? extension)
    {
        // KeyUsage ::= BIT STRING { digitalSignature (0), ... decipherOnly (8) }
        if (extension is null) return null;
        var bits = new DerReader(extension.Value.Value).Take(DerTag.BitString).Span;
        var usage = 0;
        for (var bit = 0; bit < 9 && bit / 8 + 1 < bits.Length; bit++)
            usage |= (bits[bit / 8 + 1] >> (7 - bit % 8) & 1) << bit;
        return (CertificateKeyUsage)usage;
    }

    public static List<string>? Purposes(CertificateExtension? extension)
    {
        // ExtKeyUsageSyntax ::= SEQUENCE OF OBJECT IDENTIFIER
        if (extension is null) return null;
        var purposes = new List<string>();
        var list = new DerReader(extension.Value.Value).Enter(DerTag.Sequence);
        while (list.More)
        {
            var oid = DerText.ReadObjectIdentifier(ref list);
            if (!list.Failed) purposes.Add(CertificateOids.Purposes.GetValueOrDefault(oid, oid));
        }
        return purposes;
    }

    public static (bool IsCa, int? PathLength)? BasicConstraints(CertificateExtension? extension)
    {
        // BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }
        if (extension is null) return null;
        var constraints = new DerReader(extension.Value.Value).Enter(DerTag.Sequence);
        var isCa = constraints.TryTake(DerTag.Boolean, out var boolean) && boolean.Span is [not 0];
        int? pathLength = constraints.TryTake(DerTag.Integer, out var number) && number.Span is [var length and < 0x80]
            ? length
            : null;
        return (isCa, pathLength);
    }

    public static ReadOnlyMemory<byte>? SubjectKeyIdentifier(CertificateExtension? extension) => OctetString(extension);

    public static ReadOnlyMemory<byte>? OctetString(CertificateExtension? extension)
    {
        if (extension is null) return null;
        var reader = new DerReader(extension.Value.Value);
        return reader.TryTake(DerTag.OctetString, out var content) ? content : null;
    }

    public static ReadOnlyMemory<byte>? AuthorityKeyIdentifier(CertificateExtension? extension)
    {
        // AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] OCTET STRING OPTIONAL, ... }
        if (extension is null) return null;
        var identifier = new DerReader(extension.Value.Value).Enter(DerTag.Sequence);
        return identifier.TryTake(DerTag.Context(0), out var content) ? content : null;
    }

    public static List<ExtensionType> TlsFeatures(CertificateExtension? extension)
    {
        // Features ::= SEQUENCE OF INTEGER
        var features = new List<ExtensionType>();
        if (extension is null) return features;
        var list = new DerReader(extension.Value.Value).Enter(DerTag.Sequence);
        while (list.More)
        {
            var number = list.Take(DerTag.Integer).Span;
            // An extension type as a number: no sign, so up to three octets, the first of which is 0 then.
            if (number.Length is 0 or > 3) continue;
            var type = 0;
            foreach (var octet in number) type = type << 8 | octet;
            features.Add(new((ushort)type));
        }
        return features;
    }
}

using System.Buffers;
using System.Text;

namespace TlsInterop.Tls.Wire.Der;

/// <summary>The name of a subject or an issuer.</summary>
/// <remarks>RFC 5280, Section 4.1.2.4; as text: RFC 4514.</remarks>
public static class DistinguishedName
{
    private const string CommonName = "2.5.4.3";

    // RFC 4514, Section 3, and the names that OpenSSL gives to attributes that are seen in certificates.
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        [CommonName] = "CN",
        ["2.5.4.4"] = "SN",
        ["2.5.4.5"] = "serialNumber",
        ["2.5.4.6"] = "C",
        ["2.5.4.7"] = "L",
        ["2.5.4.8"] = "ST",
        ["2.5.4.9"] = "STREET",
        ["2.5.4.10"] = "O",
        ["2.5.4.11"] = "OU",
        ["2.5.4.12"] = "title",
        ["2.5.4.15"] = "businessCategory",
        ["2.5.4.17"] = "postalCode",
        ["2.5.4.42"] = "GN",
        ["2.5.4.43"] = "initials",
        ["2.5.4.46"] = "dnQualifier",
        ["2.5.4.65"] = "pseudonym",
        ["2.5.4.97"] = "organizationIdentifier",
        ["0.9.2342.19200300.100.1.1"] = "UID",
        ["0.9.2342.19200300.100.1.25"] = "DC",
        ["1.2.840.113549.1.9.1"] = "emailAddress",
        ["1.3.6.1.4.1.311.60.2.1.1"] = "jurisdictionL",
        ["1.3.6.1.4.1.311.60.2.1.2"] = "jurisdictionST",
        ["1.3.6.1.4.1.311.60.2.1.3"] = "jurisdictionC",
    };

    private static readonly SearchValues<char> Special = SearchValues.Create(",+\"\\<>;#");

    private readonly record struct Attribute(int Set, string Oid, string? Value, ReadOnlyMemory<byte> Encoded)
    {
        // RFC 4514, Section 2.4: what is no string is shown in hexadecimal.
        public string Text =>
            $"{Keywords.GetValueOrDefault(Oid, Oid)}="
            + (Value is null ? $"#{Convert.ToHexStringLower(Encoded.Span)}" : Escape(Value));
    }

    /// <summary>The name as text, the most specific part first: <c>CN=imap.example,O=Lab,C=DE</c>.</summary>
    /// <param name="name">A Name in DER; what cannot be read of it is left out.</param>
    public static string Text(ReadOnlyMemory<byte> name)
    {
        var text = new StringBuilder();
        var attributes = Attributes(name);
        for (var i = attributes.Count - 1; i >= 0; i--)
        {
            text.Append(attributes[i].Text);
            // RFC 4514, Section 2.2: several values may share one set.
            if (i > 0) text.Append(attributes[i].Set == attributes[i - 1].Set ? '+' : ',');
        }
        return text.ToString();
    }

    /// <summary>The last common name, or null.</summary>
    /// <param name="name">A Name in DER.</param>
    public static string? CommonNameOf(ReadOnlyMemory<byte> name) =>
        Attributes(name).FindLast(attribute => attribute.Oid == CommonName && attribute.Value is not null).Value;

    private static List<Attribute> Attributes(ReadOnlyMemory<byte> name)
    {
        // Name ::= SEQUENCE OF SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }
        var attributes = new List<Attribute>();
        var sets = new DerReader(name).Enter(DerTag.Sequence);
        for (var set = 0; sets.More; set++)
        {
            var values = sets.Enter(DerTag.Set);
            while (values.More)
            {
                var attribute = values.Enter(DerTag.Sequence);
                var oid = DerText.ReadObjectIdentifier(ref attribute);
                var encoded = attribute.TakeEncoded();
                if (attribute.Failed) break;
                var value = new DerReader(encoded);
                attributes.Add(new(set, oid, DerText.Read(ref value), encoded));
            }
        }
        return attributes;
    }

    // RFC 4514, Section 2.4
    private static string Escape(string value)
    {
        if (!value.AsSpan().ContainsAny(Special)) return value;

        var text = new StringBuilder(value.Length + 4);
        foreach (var character in value)
        {
            if (character is ',' or '+' or '"' or '\\' or '<' or '>' or ';' || character == '#' && text.Length == 0)
                text.Append('\\');
            text.Append(character);
        }
        return text.ToString();
    }
}

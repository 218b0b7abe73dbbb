using System.Net;
using TlsInterop.Tls.Wire;
using TlsInterop.Tls.Wire.Der;

namespace TlsInterop.Tls.Messages;

/// <summary>The subject's alternative names that TLS and mail look at.</summary>
/// <remarks>RFC 5280, Section 4.2.1.6.</remarks>
internal sealed record AlternativeNames(
    IReadOnlyList<string> DnsNames, IReadOnlyList<IPAddress> IpAddresses, IReadOnlyList<string> MailAddresses)
{
    // [1], [2] and [7] of GeneralName
    private const byte MailAddress = 0x81;
    private const byte DnsName = 0x82;
    private const byte IpAddress = 0x87;

    public static AlternativeNames Read(ReadOnlyMemory<byte> value)
    {
        // GeneralNames ::= SEQUENCE OF CHOICE { rfc822Name [1] IA5String, dNSName [2] IA5String,
        //     iPAddress [7] OCTET STRING, ... }
        var (dns, ip, mail) = (new List<string>(), new List<IPAddress>(), new List<string>());
        var names = new DerReader(value).Enter(DerTag.Sequence);
        while (names.More)
        {
            switch (names.Tag)
            {
                case MailAddress:
                    mail.Add(Printable.Ascii(names.Take(MailAddress).Span));
                    break;
                case DnsName:
                    dns.Add(Printable.Ascii(names.Take(DnsName).Span));
                    break;
                case IpAddress:
                    var address = names.Take(IpAddress);
                    if (address.Length is 4 or 16) ip.Add(new(address.Span));
                    break;
                default:
                    names.TakeEncoded();
                    break;
            }
        }
        return new(dns, ip, mail);
    }
}

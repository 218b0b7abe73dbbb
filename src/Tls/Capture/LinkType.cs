namespace TlsInterop.Tls.Capture;

/// <summary>The link-layer header type of a frame, as capture files number it. Unknown values are kept.</summary>
/// <remarks>
/// The LINKTYPE_ registry of tcpdump.org; it also governs pcapng (draft-ietf-opsawg-pcapng, Section 4.2).
/// </remarks>
public readonly record struct LinkType(ushort Code)
{
    /// <summary>BSD loopback: four octets of address family in the byte order of the capturing machine.</summary>
    public static readonly LinkType Null = new(0);
    public static readonly LinkType Ethernet = new(1);
    /// <summary>PPP, with or without address and control (RFC 1662, Section 3.1).</summary>
    public static readonly LinkType PointToPoint = new(9);
    /// <summary>Raw IP as BSD's captures number it.</summary>
    public static readonly LinkType RawOfBsd = new(12);
    /// <summary>PPP in HDLC-like framing, or Cisco's.</summary>
    public static readonly LinkType PointToPointSerial = new(50);
    /// <summary>PPPoE without the Ethernet header.</summary>
    public static readonly LinkType PointToPointOverEthernet = new(51);
    /// <summary>IPv4 or IPv6 without any link header.</summary>
    public static readonly LinkType Raw = new(101);
    /// <summary>Cisco's framing of HDLC (RFC 1547, Section 4.3.1).</summary>
    public static readonly LinkType CiscoHdlc = new(104);
    /// <summary>OpenBSD loopback: four octets of address family in network byte order.</summary>
    public static readonly LinkType Loop = new(108);
    /// <summary>Linux "cooked" capture, as <c>tcpdump -i any</c> used to write it.</summary>
    public static readonly LinkType LinuxCooked = new(113);
    /// <summary>PPP behind an octet that tells who sent it.</summary>
    public static readonly LinkType PointToPointWithDirection = new(204);
    public static readonly LinkType IPv4 = new(228);
    public static readonly LinkType IPv6 = new(229);
    /// <summary>Linux "cooked" capture, second version.</summary>
    public static readonly LinkType LinuxCooked2 = new(276);

    /// <summary>Translates what <c>pcap_datalink</c> answers: raw IP has other numbers there than in files.</summary>
    internal static LinkType FromDataLink(int dataLink) => dataLink is 12 or 14 ? Raw : new((ushort)dataLink);

    public override string ToString() => Code switch
    {
        0 => "null",
        1 => "Ethernet",
        9 => "PPP",
        50 => "PPP over HDLC",
        51 => "PPPoE",
        12 or 101 => "raw IP",
        104 => "Cisco HDLC",
        108 => "loop",
        113 => "Linux cooked",
        204 => "PPP with direction",
        228 => "IPv4",
        229 => "IPv6",
        276 => "Linux cooked v2",
        _ => $"link type {Code}",
    };
}

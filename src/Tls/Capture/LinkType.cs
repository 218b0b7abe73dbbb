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
    /// <summary>IPv4 or IPv6 without any link header.</summary>
    public static readonly LinkType Raw = new(101);
    /// <summary>OpenBSD loopback: four octets of address family in network byte order.</summary>
    public static readonly LinkType Loop = new(108);
    /// <summary>Linux "cooked" capture, as <c>tcpdump -i any</c> used to write it.</summary>
    public static readonly LinkType LinuxCooked = new(113);
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
        101 => "raw IP",
        108 => "loop",
        113 => "Linux cooked",
        228 => "IPv4",
        229 => "IPv6",
        276 => "Linux cooked v2",
        _ => $"link type {Code}",
    };
}

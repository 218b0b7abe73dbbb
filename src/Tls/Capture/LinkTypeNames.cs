namespace TlsInterop.Tls.Capture;

/// <summary>Names of link types that are not read, for who wants to know what a file holds.</summary>
/// <remarks>The LINKTYPE_ registry of tcpdump.org.</remarks>
internal static class LinkTypeNames
{
    private static readonly Dictionary<ushort, string> Names = new()
    {
        [3] = "AX25", [6] = "IEEE802_5", [7] = "ARCNET_BSD", [8] = "SLIP", [10] = "FDDI", [100] = "ATM_RFC1483",
        [105] = "IEEE802_11", [107] = "FRELAY", [114] = "LTALK", [117] = "PFLOG", [119] = "IEEE802_11_PRISM",
        [122] = "IP_OVER_FC", [123] = "SUNATM", [127] = "IEEE802_11_RADIOTAP", [129] = "ARCNET_LINUX",
        [138] = "APPLE_IP_OVER_IEEE1394", [139] = "MTP2_WITH_PHDR", [140] = "MTP2", [141] = "MTP3", [142] = "SCCP",
        [143] = "DOCSIS", [144] = "LINUX_IRDA", [163] = "IEEE802_11_AVS", [165] = "BACNET_MS_TP", [166] = "PPP_PPPD",
        [169] = "GPRS_LLC", [177] = "LINUX_LAPD", [187] = "BLUETOOTH_HCI_H4", [189] = "USB_LINUX", [192] = "PPI",
        [195] = "IEEE802_15_4_WITHFCS", [196] = "SITA", [197] = "ERF", [201] = "BLUETOOTH_HCI_H4_WITH_PHDR",
        [202] = "AX25_KISS", [203] = "LAPD", [205] = "C_HDLC_WITH_DIR", [206] = "FRELAY_WITH_DIR",
        [209] = "IPMB_LINUX", [215] = "IEEE802_15_4_NONASK_PHY", [220] = "USB_LINUX_MMAPPED", [224] = "FC_2",
        [226] = "IPNET", [227] = "CAN_SOCKETCAN", [230] = "IEEE802_15_4_NOFCS", [231] = "DBUS", [235] = "DVB_CI",
        [239] = "NFLOG", [240] = "NETANALYZER", [242] = "IPOIB", [243] = "MPEG_2_TS", [245] = "NFC_LLCP",
        [247] = "INFINIBAND", [248] = "SCTP", [249] = "USBPCAP", [251] = "BLUETOOTH_LE_LL",
        [252] = "WIRESHARK_UPPER_PDU", [253] = "NETLINK", [254] = "BLUETOOTH_LINUX_MONITOR",
        [256] = "BLUETOOTH_LE_LL_WITH_PHDR", [258] = "PKTAP", [259] = "EPON", [264] = "ISO_14443",
        [266] = "USB_DARWIN", [268] = "SDLC", [271] = "VSOCK", [272] = "NORDIC_BLE", [274] = "ETHERNET_MPACKET",
        [288] = "USB_2_0",
    };

    /// <summary>Number and name: <c>189 (USB_LINUX)</c>; the number alone if it has none.</summary>
    public static string Of(LinkType type) =>
        Names.TryGetValue(type.Code, out var name) ? $"{type.Code} ({name})"
        : type.Code is >= 147 and <= 162 ? $"{type.Code} (USER{type.Code - 147})"
        : $"{type.Code}";
}

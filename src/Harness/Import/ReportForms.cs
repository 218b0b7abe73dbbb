namespace TlsInterop.Harness.Import;

/// <summary>The forms of text that can be read; the first that recognises a file reads it. A new form is a row.</summary>
internal static class ReportForms
{
    /// <summary>How somebody gets a capture, which tells most.</summary>
    public const string CollectCapture = "tcpdump -i any -U -w report.pcap 'tcp port 443'";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ReportForm> All { get; } =
    [
        new(HexDump.Form, "xxd, hexdump -C, or Wireshark's 'Copy as Hex Dump' of a ClientHello",
            HexDump.Recognises, HexDump.Read),
    ];
}

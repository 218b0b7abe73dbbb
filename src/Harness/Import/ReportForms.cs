namespace TlsInterop.Harness.Import;

/// <summary>
/// The forms of text that can be read; the first that recognises a file reads it. A new form is a row.
/// </summary>
internal static class ReportForms
{
    /// <summary>How somebody gets a capture, which tells most.</summary>
    public const string CollectCapture = "tcpdump -i any -U -w report.pcap 'tcp port 443'";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ReportForm> All { get; } =
    [
        new(OpenSslMessages.Form, "openssl s_client -connect HOST:PORT -msg, or s_server",
            OpenSslMessages.Recognises, OpenSslMessages.Read),
        new(OpenSslTrace.Form, "openssl s_client -connect HOST:PORT -trace, or s_server",
            OpenSslTrace.Recognises, OpenSslTrace.Read),
        new(OpenSslDump.Form, "openssl s_client -connect HOST:PORT -state -debug, or s_server",
            OpenSslDump.Recognises, OpenSslDump.Read),
        new(GnuTlsLog.Form, "gnutls-cli -d 9 -p PORT HOST, or gnutls-serv",
            GnuTlsLog.Recognises, GnuTlsLog.Read),
        new(SsldumpText.Form, "ssldump -A -H -r report.pcap",
            SsldumpText.Recognises, SsldumpText.Read),
        new(HexDump.Form, "xxd, hexdump -C, or Wireshark's 'Copy as Hex Dump' of a ClientHello",
            HexDump.Recognises, HexDump.Read),
    ];
}

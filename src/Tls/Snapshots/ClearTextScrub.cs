using System.Text.RegularExpressions;

namespace TlsInterop.Tls.Snapshots;

/// <summary>
/// Replaces what differs from run to run in lines of mail protocols: addresses, dates, the client's own name.
/// </summary>
internal static partial class ClearTextScrub
{
    public static string Line(string line)
    {
        line = Date().Replace(line, "{date}");
        line = Greeting().Replace(line, "$1 {host}");
        line = Hello().Replace(line, "$1 {host}");
        line = IPv4().Replace(line, "{ip}");
        line = IPv6().Replace(line, "[{ip}]");
        return Session().Replace(line, "SESSIONID=<{id}>");
    }

    // RFC 5322, Section 3.3
    [GeneratedRegex(
        @"(?:\w{3}, )?\d{1,2} \w{3} \d{4} \d{2}:\d{2}(?::\d{2})?(?: [+-]\d{4}| GMT)?", RegexOptions.None, 1000)]
    private static partial Regex Date();

    // RFC 5321, Section 4.1.1.1
    [GeneratedRegex(@"^(EHLO|HELO|LHLO) .*$", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"( Hello) .*$", RegexOptions.None, 1000)]
    private static partial Regex Hello();

    [GeneratedRegex(@"\b\d{1,3}(?:\.\d{1,3}){3}\b", RegexOptions.None, 1000)]
    private static partial Regex IPv4();

    [GeneratedRegex(@"\[(?:IPv6:)?[0-9a-fA-F]*(?::[0-9a-fA-F]*){2,7}\]", RegexOptions.None, 1000)]
    private static partial Regex IPv6();

    [GeneratedRegex("SESSIONID=<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Session();
}

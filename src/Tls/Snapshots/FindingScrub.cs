using System.Text.RegularExpressions;

namespace TlsInterop.Tls.Snapshots;

/// <summary>
/// Takes out of a finding what differs from run to run: how long somebody took, and octets that hang on a random.
/// </summary>
internal static partial class FindingScrub
{
    /// <summary>A line as it stands in a snapshot.</summary>
    public static string Line(string line) =>
        Octets().Replace(Duration().Replace(line, "{time}"), match => $"{{{match.Length / 2} octets}}");

    [GeneratedRegex(@"\b\d+(?:\.\d+)? ms\b", RegexOptions.None, 1000)]
    private static partial Regex Duration();

    // From the shortest verify_data on (RFC 5246, Section 7.4.9).
    [GeneratedRegex(@"\b[0-9a-f]{24,}\b", RegexOptions.None, 1000)]
    private static partial Regex Octets();
}

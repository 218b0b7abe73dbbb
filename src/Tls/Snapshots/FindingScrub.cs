using System.Text.RegularExpressions;

namespace TlsInterop.Tls.Snapshots;

/// <summary>Takes out of a finding what differs from run to run: how long somebody took.</summary>
internal static partial class FindingScrub
{
    /// <summary>A line as it stands in a snapshot.</summary>
    public static string Line(string line) => Duration().Replace(line, "{time}");

    [GeneratedRegex(@"\b\d+(?:\.\d+)? ms\b", RegexOptions.None, 1000)]
    private static partial Regex Duration();
}

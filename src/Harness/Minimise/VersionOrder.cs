using System.Globalization;
using System.Text.RegularExpressions;

namespace TlsInterop.Harness.Minimise;

/// <summary>Puts the versions of an endpoint into the order of their age.</summary>
public static partial class VersionOrder
{
    private static readonly string[] DebianSuites =
    [
        "bullseye", "bookworm", "bookworm-backports", "trixie", "trixie-backports", "forky", "sid", "experimental",
    ];

    /// <summary>Versions of the kind of one of them, oldest first.</summary>
    /// <param name="versions">
    /// Debian suites, and numbers such as <c>1.0.2k</c>: lines of their own, of which one is meant.
    /// </param>
    /// <param name="own">The version that says which.</param>
    public static IReadOnlyList<string> Line(IEnumerable<string> versions, string own)
    {
        var isSuite = DebianSuites.Contains(own);
        return
        [
            .. versions.Where(version => DebianSuites.Contains(version) == isSuite && Kind(version) == Kind(own))
                .OrderBy(version => isSuite ? Array.IndexOf(DebianSuites, version) : 0)
                .ThenBy(version => version, Comparer<string>.Create(Compare)),
        ];
    }

    /// <summary>Compares numbers of versions: <c>1.0.2k</c> is before <c>1.0.10</c>.</summary>
    public static int Compare(string left, string right)
    {
        var parts = Parts().Matches(left).Zip(Parts().Matches(right));
        foreach (var (own, other) in parts)
        {
            var order = ulong.TryParse(own.ValueSpan, CultureInfo.InvariantCulture, out var number)
                && ulong.TryParse(other.ValueSpan, CultureInfo.InvariantCulture, out var second)
                ? number.CompareTo(second)
                : string.CompareOrdinal(own.Value, other.Value);
            if (order != 0) return order;
        }
        return left.Length.CompareTo(right.Length);
    }

    // What stands before the first digit: bc1.72 and 21 are versions of different things.
    private static string Kind(string version) =>
        DebianSuites.Contains(version) ? "" : new([.. version.TakeWhile(letter => !char.IsAsciiDigit(letter))]);

    [GeneratedRegex(@"[0-9]+|[a-z]+")]
    private static partial Regex Parts();
}

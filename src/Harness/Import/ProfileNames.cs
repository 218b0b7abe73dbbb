using System.Globalization;
using System.Text.RegularExpressions;

namespace TlsInterop.Harness.Import;

/// <summary>Names of profiles: they are versions of an endpoint, and parts of cell ids.</summary>
internal static partial class ProfileNames
{
    private const int Longest = 40;

    /// <summary>True if a profile can be called so.</summary>
    public static bool IsOne(string name) => name.Length <= Longest && Pattern().IsMatch(name);

    /// <summary>A name made of a file's.</summary>
    public static string Of(string path)
    {
        var name = Path.GetFileName(path).ToLower(CultureInfo.InvariantCulture);
        foreach (var ending in (string[])[".gz", ".pcapng", ".pcap", ".txt", ".log", ".hex"])
            if (name.EndsWith(ending, StringComparison.Ordinal)) name = name[..^ending.Length];
        name = Others().Replace(name, "-").Trim('-', '.');
        if (name.Length > Longest) name = name[..Longest].Trim('-', '.');
        return IsOne(name) ? name : "imported";
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]*\z")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"[^a-z0-9.]+")]
    private static partial Regex Others();
}

namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// Where something lies in a run's folder. A journal says that, and so do links that containers may have left; either
/// may come from anybody, and what leads out of the folder is not there.
/// </summary>
public static class RunPlace
{
    // Linux gives up behind as many.
    private const int MostLinks = 40;

    /// <summary>The path of a place; null if it is none, leads out of the folder, or can't be looked at.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="place">The place, from the folder; null for none.</param>
    /// <param name="name">A file in it.</param>
    public static string? Inside(string folder, string? place, string name = "")
    {
        if (string.IsNullOrEmpty(place) || place.Contains('\0') || name.Contains('\0')) return null;
        try
        {
            var root = Path.GetFullPath(folder);
            var path = Path.GetFullPath(Path.Combine(root, place, name));
            if (!IsBelow(path, root)) return null;
            var current = root;
            foreach (var part in Parts(path[root.Length..]))
            {
                current = Path.Combine(current, part);
                if (new FileInfo(current).LinkTarget is null) continue;
                // The folder itself may stand behind a link: that is its owner's choice.
                (root, current) = (Real(root), Real(current));
                if (!IsBelow(current, root)) return null;
            }
            return current;
        }
        catch (Exception unusable) when (
            unusable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsBelow(string path, string root) => path.StartsWith(
        Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string Real(string path, int links = 0)
    {
        if (links > MostLinks) throw new IOException($"{path}: too many links");
        var real = Path.GetPathRoot(path)!;
        foreach (var part in Parts(path[real.Length..]))
        {
            var next = Path.Combine(real, part);
            real = new FileInfo(next).LinkTarget is { } target ? Real(Path.GetFullPath(target, real), links + 1) : next;
        }
        return real;
    }

    private static string[] Parts(string path) => path.Split(
        [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}

using System.Security.Cryptography;
using System.Text;

namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// What the slots of a daemon were configured with. A slot is written anew for the next configuration: what it had is
/// kept beside the daemon's log, once whatever the number of its cells, and without keys.
/// </summary>
/// <param name="folder">The daemon's folder on this machine.</param>
internal sealed class SlotConfigurations(string folder)
{
    /// <summary>Folder of the configurations, in the daemon's.</summary>
    public const string FolderName = "configurations";

    // A configuration is written by hand and by templates: what is larger is none.
    private const int MostOctets = 256 << 10;

    private const string OutputName = "output";

    private readonly Lock _lock = new();

    /// <summary>Keeps what a slot has now.</summary>
    /// <param name="slot">The slot's folder, from the daemon's.</param>
    /// <returns>Name of the folder in which it is kept, the same for the same; null if it can't be read.</returns>
    public string? Keep(string slot)
    {
        try
        {
            // The daemon can write in its folder, and put links there.
            if (RunPlace.Inside(folder, slot) is not { } place) return null;
            var files = Read(place);
            if (files.Count == 0) return null;
            var name = NameOf(files);
            if (RunPlace.Inside(folder, FolderName, name) is not { } kept) return null;
            lock (_lock)
            {
                if (Directory.Exists(kept)) return name;
                Directory.CreateDirectory(kept);
                foreach (var (file, bytes) in files) File.WriteAllBytes(Path.Combine(kept, file), bytes);
            }
            return name;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // It is evidence, and the cell does not depend on it.
            return null;
        }
    }

    private static List<(string Name, byte[] Bytes)> Read(string slot) =>
    [
        .. new DirectoryInfo(slot).EnumerateFiles()
            .Where(file => file is { LinkTarget: null, Length: > 0 and <= MostOctets }
                && file.Name != OutputName && !KeyFile.IsOne(file.Name))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => (file.Name, EvidenceFile.Bytes(file.FullName)))
            .Where(file => file.Item2.AsSpan().IndexOf("PRIVATE KEY-----"u8) < 0),
    ];

    private static string NameOf(List<(string Name, byte[] Bytes)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{bytes.Length}\0"));
            hash.AppendData(bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}

using System.Runtime.CompilerServices;
using TlsInterop.Harness.Import;

namespace TlsInterop.Harness.Tests.Import;

/// <summary>The files beside these tests, and the captures of the decoder's.</summary>
internal static class Sample
{
    /// <summary>Texts of tools.</summary>
    public static IReadOnlyList<string> Texts { get; } =
        [.. Directory.GetFiles(Folder("Samples"), "*.txt").Select(Path.GetFileName).OfType<string>()
            .Order(StringComparer.Ordinal)];

    /// <summary>Captures, by their paths.</summary>
    public static IReadOnlyList<string> Captures { get; } =
        [.. Directory.GetFiles(Folder("../../Tls/Captures"), "*.pcap").Order(StringComparer.Ordinal)];

    public static string At(string name) => Path.Combine(Folder("Samples"), name);

    public static ImportedConnection Import(string name, ImportOptions? options = null) =>
        ImportFile.Read(At(name), options ?? new());

    /// <summary>Imports octets as if they were a file.</summary>
    public static ImportedConnection Import(byte[] octets, ImportOptions? options = null)
    {
        using var stream = new MemoryStream(octets);
        return ImportFile.Read(stream, "report", options ?? new());
    }

    private static string Folder(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, name));
}

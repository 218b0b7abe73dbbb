using System.Security.Cryptography;
using System.Text;

namespace TlsInterop.Harness.Runs;

/// <summary>What files hash to, so that it is known whether anything in them has changed.</summary>
public static class ContentDigest
{
    /// <summary>16 hexadecimal digits for all files of a folder, or one file, and some words.</summary>
    /// <param name="path">The folder or file; one that is not there hashes to nothing.</param>
    /// <param name="words">What else it shall depend on.</param>
    public static string Of(string path, params string[] words)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var word in words) Add(hash, word);
        foreach (var file in FilesOf(path))
        {
            Add(hash, Path.GetRelativePath(path, file));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static IEnumerable<string> FilesOf(string path) => File.Exists(path) ? [path]
        : Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];

    private static void Add(IncrementalHash hash, string word)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(word));
        hash.AppendData([0]);
    }
}

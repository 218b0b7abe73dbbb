using System.Text;

namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// Files that endpoints have written into a run's folder. Containers may leave there what is no file, and what is one
/// may still grow: nothing of it holds up who reads it, or makes him read without end.
/// </summary>
public static class EvidenceFile
{
    /// <summary>
    /// Opens one for reading. What has no length is not opened, and there is nothing in it: an empty file; or a pipe,
    /// which would wait for somebody who writes, a socket or a device.
    /// </summary>
    /// <exception cref="IOException">It can't be read, or is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static Stream Open(string path)
    {
        // The length of a link is that of the name that it leads to.
        var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        return file.Length == 0 ? Stream.Null
            : new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>All of it as it is now.</summary>
    /// <exception cref="IOException">As of <see cref="Open"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static byte[] Bytes(string path)
    {
        using var file = Open(path);
        return Bytes(file, 0, file.Length);
    }

    /// <summary>Its text, or if it is long the end of it, behind a line that says how much was left out.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">Octets that are taken.</param>
    /// <exception cref="IOException">As of <see cref="Open"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static string Text(string path, int most)
    {
        using var file = Open(path);
        return Text(file, 0, file.Length, most);
    }

    /// <summary>The text of a part of a file, or the end of that.</summary>
    /// <param name="file">The file.</param>
    /// <param name="from">Where the part begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="most">Octets that are taken.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    public static string Text(Stream file, long from, long to, int most)
    {
        // The end of a log is where it says what it did not like.
        var start = Math.Max(from, to - most);
        return (start > from ? $"... {start - from} octets before this are left out\n" : "")
            + Encoding.UTF8.GetString(Bytes(file, start, to));
    }

    private static byte[] Bytes(Stream file, long from, long to)
    {
        file.Seek(from, SeekOrigin.Begin);
        var octets = new byte[to - from];
        var length = file.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false);
        return length == octets.Length ? octets : octets[..length];
    }
}

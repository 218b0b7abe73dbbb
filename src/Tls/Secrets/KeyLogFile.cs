using System.Text;

namespace TlsInterop.Tls.Secrets;

/// <summary>
/// Follows a key log file that a running endpoint appends to. It never waits: call it when secrets are needed.
/// </summary>
/// <remarks>
/// A line is taken once its line end is there. A file that is missing has no lines; one that shrank begins anew.
/// </remarks>
/// <param name="path">The file; it need not exist yet.</param>
/// <param name="log">Where the lines go.</param>
public sealed class KeyLogFile(string path, KeyLog log)
{
    private const int LongestLine = 4096;

    private readonly Lock _lock = new();
    private long _position;

    /// <summary>Adds the lines that came since the last call.</summary>
    /// <returns>Number of secrets among them.</returns>
    /// <exception cref="IOException">The file is there but can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file belongs to somebody else.</exception>
    public int ReadNew()
    {
        lock (_lock)
        {
            if (!File.Exists(path)) return 0;
            using var file =
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length < _position) _position = 0;
            file.Position = _position;
            return ReadLines(file);
        }
    }

    private int ReadLines(FileStream file)
    {
        var added = 0;
        var buffer = new byte[16 * LongestLine];
        var kept = 0;
        int read;
        while ((read = file.Read(buffer, kept, buffer.Length - kept)) > 0)
        {
            var bytes = buffer.AsSpan(0, kept + read);
            while (bytes.IndexOf((byte)'\n') is var end and >= 0)
            {
                if (log.Add(Encoding.ASCII.GetString(bytes[..end]))) added++;
                _position += end + 1;
                bytes = bytes[(end + 1)..];
            }
            // What is longer than any line is none: dropped, so that it can't fill the buffer.
            if (bytes.Length > LongestLine)
            {
                _position += bytes.Length;
                bytes = default;
            }
            kept = bytes.Length;
            bytes.CopyTo(buffer);
        }
        return added;
    }
}

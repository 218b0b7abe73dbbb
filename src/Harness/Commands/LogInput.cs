using System.Text;
using TlsInterop.Harness.Diagnosis.Logs;

namespace TlsInterop.Harness.Commands;

/// <summary>Reads what a program said: its log, or what a tool printed of the connection.</summary>
internal static class LogInput
{
    private const int MostOctets = 4 << 20;

    /// <summary>The text; null if no file is named.</summary>
    /// <exception cref="UsageException">It can't be read, or is no text.</exception>
    public static LogText? Read(string option, string name, string? path)
    {
        if (path is null) return null;
        if (!File.Exists(path))
        {
            throw new UsageException(Directory.Exists(path)
                ? $"{option} {path}: Expected: a log. Got: a folder."
                : $"{option} {path}: there is no such file.\n  remedy: check the path");
        }
        var (octets, isEnd) = Octets(option, path);
        if (Encoding(octets) is not { } encoding)
        {
            throw new UsageException(
                $"{option} {path}: Expected: lines of text. Got: something binary.\n"
                + "  remedy: print it as text; events of Windows: wevtutil qe System /f:text");
        }
        // Its lines are counted from there.
        var whole = isEnd ? $"the last {MostOctets >> 20} MiB of {name}" : name;
        return LogText.Of(whole, encoding.GetString(octets));
    }

    private static (byte[] Octets, bool IsEnd) Octets(string option, string path)
    {
        try
        {
            using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // Of a log that is long its end tells what happened last.
            var isEnd = file.CanSeek && file.Length > MostOctets;
            if (isEnd) file.Position = file.Length - MostOctets;
            var octets = new byte[MostOctets];
            return (octets[..file.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false)], isEnd);
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{option} {path}: {Environment.UserName} may not read it.\n  remedy: chmod, or read it as its owner");
        }
    }

    // Windows writes its logs in UTF-16. Null: none of both.
    private static Encoding? Encoding(ReadOnlySpan<byte> octets) =>
        octets.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) ? System.Text.Encoding.Unicode
        : octets.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]) ? System.Text.Encoding.BigEndianUnicode
        : octets.Contains((byte)0) ? null
        : System.Text.Encoding.UTF8;
}

using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Commands;

/// <summary>Reads the key logs of a command line into one; each keeps its own line numbers.</summary>
internal sealed class KeyLogInput
{
    /// <summary>Sessions to keep: those of a capture of some gigabytes.</summary>
    private const int Capacity = 200_000;

    private const int LongestLine = 4096;

    /// <summary>No text at all: a device, an archive.</summary>
    private const int EndlessLine = 16 << 20;

    private const int FaultsShown = 3;

    private readonly List<string> _remarks = [];

    private KeyLogInput()
    {
    }

    public KeyLog KeyLog { get; } = new(Capacity);

    /// <summary>What to tell of the files, for a person.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Reads every file.</summary>
    /// <exception cref="UsageException">One can't be read, or has no line to use.</exception>
    public static KeyLogInput Read(IReadOnlyList<string> paths)
    {
        var input = new KeyLogInput();
        foreach (var path in paths) input.Read(path);
        return input;
    }

    private void Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(Directory.Exists(path)
                ? $"{path}: Expected: a TLS key log. Got: a folder."
                : $"{path}: there is no such key log.\n  remedy: check the path; programs write one when "
                    + "SSLKEYLOGFILE names it");
        }
        var log = new KeyLog(capacity: 1);
        var isUsed = false;
        using var reader = Open(path);
        foreach (var line in Lines(reader))
        {
            // The first one counts lines and faults of this file, the other keeps what all files have.
            log.Add(line);
            isUsed |= KeyLog.Add(line);
        }
        if (!isUsed)
        {
            throw new UsageException(
                $"{path}: Expected: lines of a TLS key log, 'CLIENT_RANDOM 0123... 4567...'. Got: none of them"
                + $"{(log.FaultCount > 0 ? $"; {Faults(log)}" : "")}."
                + "\n  remedy: name the file that SSLKEYLOGFILE named");
        }
        if (log.FaultCount > 0)
            _remarks.Add($"{path}: {Faults(log)}; the other lines are used");
    }

    private static string Faults(KeyLog log)
    {
        var shown = string.Join(
            "; ", log.Faults.Take(FaultsShown).Select(fault => $"line {fault.Line}: {fault.Reason}"));
        var more = log.FaultCount - FaultsShown;
        return more > 0 ? $"{shown}; and {more} lines more that can't be used" : shown;
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{path}: {Environment.UserName} may not read it.\n  remedy: chmod, or read it as its owner");
        }
    }

    // A line may be any file's: no more of it is kept than a line of a key log has.
    private static IEnumerable<string> Lines(StreamReader reader)
    {
        var buffer = new char[1 << 16];
        var line = new System.Text.StringBuilder();
        var octets = 0;
        int read;
        while ((read = reader.Read(buffer)) > 0)
        {
            var start = 0;
            while (Array.IndexOf(buffer, '\n', start, read - start) is var end and >= 0)
            {
                Append(line, buffer.AsSpan(start, end - start));
                yield return line.ToString();
                line.Clear();
                start = end + 1;
            }
            Append(line, buffer.AsSpan(start, read - start));
            octets = start > 0 ? 0 : octets + read;
            if (octets > EndlessLine) yield break;
        }
        if (line.Length > 0) yield return line.ToString();
    }

    private static void Append(System.Text.StringBuilder line, ReadOnlySpan<char> part) =>
        line.Append(part[..Math.Min(part.Length, LongestLine - line.Length)]);
}

using System.Text;
using TlsInterop.Tls.Presentation;
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

    private const int IdOctetsShown = 8;

    private readonly List<string> _remarks = [];
    private readonly List<(string Path, uint LinesBefore)> _files = [];
    private uint _lines;

    private KeyLogInput()
    {
    }

    public KeyLog KeyLog { get; } = new(Capacity);

    /// <summary>What to tell of the files, for a person.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>What the files, and the capture, say differently of the same secret; asked when all are read.</summary>
    public IEnumerable<string> Contradictions
    {
        get
        {
            var found = KeyLog.Contradictions;
            foreach (var (label, id, first, second) in found.Take(FaultsShown))
            {
                var shown = Convert.ToHexStringLower(id.Span[..Math.Min(id.Length, IdOctetsShown)]);
                yield return $"{label} {shown}... is one secret in {Place(first)} and another in {Place(second)}: "
                    + "the latter is used";
            }
            if (found.Count > FaultsShown)
                yield return $"{Plural.Of(found.Count - FaultsShown, "secret")} more that key logs don't agree on";
        }
    }

    /// <summary>Reads every file.</summary>
    /// <exception cref="UsageException">One can't be read, or is no key log.</exception>
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
        var file = new FileLines();
        _files.Add((path, _lines));
        using (var reader = Open(path)) Read(reader, file);
        if (file.Used > 0)
        {
            if (file.Unusable > 0) _remarks.Add($"{path}: {file.Faults}; the other lines are used");
            return;
        }
        // A program that made no connection yet leaves the file empty: that opens nothing, and is no mistake.
        if (file.Unusable == 0)
        {
            _remarks.Add($"{path}: no line with a secret is in it: nothing can be opened with it");
            return;
        }
        throw new UsageException(
            $"{path}: Expected: lines of a TLS key log, 'CLIENT_RANDOM 0123... 4567...'. Got: none of them; "
            + $"{file.Faults}.\n  remedy: name the file that SSLKEYLOGFILE named");
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
    private void Read(StreamReader reader, FileLines file)
    {
        var buffer = new char[1 << 16];
        var line = new StringBuilder();
        var octets = 0;
        int read;
        while ((read = reader.Read(buffer)) > 0)
        {
            var rest = buffer.AsSpan(0, read);
            while (rest.IndexOf('\n') is var end and >= 0)
            {
                Append(line, rest[..end]);
                Take(line, file);
                octets = 0;
                rest = rest[(end + 1)..];
            }
            Append(line, rest);
            octets += rest.Length;
            if (octets > EndlessLine) break;
        }
        if (line.Length > 0) Take(line, file);
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> part) =>
        line.Append(part[..Math.Min(part.Length, LongestLine - line.Length)]);

    private void Take(StringBuilder line, FileLines file)
    {
        Span<char> text = stackalloc char[LongestLine];
        line.CopyTo(0, text, line.Length);
        file.Add(KeyLog.Add(text[..line.Length], out var reason, checked(++_lines)), reason);
        line.Clear();
    }

    // What the capture brings itself has no number.
    private string Place(uint line)
    {
        if (line == 0) return "the capture itself";
        var (path, before) = _files.FindLast(file => file.LinesBefore < line);
        return $"{path}, line {line - before}";
    }

    /// <summary>What came of the lines of one file.</summary>
    private sealed class FileLines
    {
        private readonly List<string> _faults = [];
        private long _lines;

        public long Used { get; private set; }

        public long Unusable { get; private set; }

        public string Faults => string.Join("; ", _faults) + (Unusable > FaultsShown
            ? $"; and {Plural.Of(Unusable - FaultsShown, "line")} more that can't be used"
            : "");

        public void Add(bool isUsed, string? reason)
        {
            _lines++;
            if (isUsed) Used++;
            if (reason is null) return;
            if (Unusable++ < FaultsShown) _faults.Add($"line {_lines}: {reason}");
        }
    }
}

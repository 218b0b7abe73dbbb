using System.Text;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Runs;

/// <summary>The secrets that the servers of a run write down, read as they come.</summary>
public sealed class RunSecrets
{
    private readonly Dictionary<string, long> _read = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>All of them.</summary>
    public KeyLog KeyLog { get; } = new();

    /// <summary>Takes in the lines that a key log file has got since it was last read; a half line waits for its end.</summary>
    public void Refresh(string file)
    {
        lock (_lock)
        {
            if (!File.Exists(file)) return;
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var from = _read.GetValueOrDefault(file);
            if (stream.Length <= from) return;
            stream.Position = from;
            var bytes = new byte[stream.Length - from];
            stream.ReadExactly(bytes);
            var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
            KeyLog.AddLines(Encoding.ASCII.GetString(bytes, 0, whole));
            _read[file] = from + whole;
        }
    }
}

using System.Collections.Concurrent;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Runs;

/// <summary>The secrets that the servers of a run write down, or their clients, read as they come.</summary>
public sealed class RunSecrets
{
    private readonly ConcurrentDictionary<string, KeyLogFile> _files = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public KeyLog KeyLog { get; } = new();

    /// <summary>Takes in what a key log file has got since it was last read.</summary>
    public void Refresh(string file) => _files.GetOrAdd(file, path => new KeyLogFile(path, KeyLog)).ReadNew();
}

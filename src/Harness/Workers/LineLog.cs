namespace TlsInterop.Harness.Workers;

/// <summary>
/// Appends lines to a file, as a key log. Connections of one process share the file; a line is written whole.
/// </summary>
/// <param name="file">The file; null for nowhere.</param>
internal sealed class LineLog(string? file)
{
    private readonly Lock _gate = new();

    /// <summary>Writes one line.</summary>
    public void Write(string line)
    {
        if (file is null) return;
        lock (_gate) File.AppendAllText(file, line + "\n");
    }
}

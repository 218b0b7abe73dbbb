namespace TlsInterop.Tls.Wire;

/// <summary>A list that is being written: what is written until its end is its content.</summary>
public readonly ref struct WireList
{
    private readonly WireWriter _writer;

    internal WireList(WireWriter writer) => _writer = writer;

    /// <summary>The end of the list.</summary>
    /// <exception cref="ArgumentException">The content is longer than its length can say.</exception>
    public void Dispose() => _writer.Close();
}

namespace TlsInterop.Tls.Tests.Scripted;

/// <summary>A peer that has said all that it says, whatever it hears, and then closes.</summary>
/// <param name="said">Its octets.</param>
internal sealed class ReplayedStream(byte[] said) : MemoryStream
{
    private int _read;

    /// <summary>What was said to it.</summary>
    public byte[] Written => ToArray();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var length = Math.Min(buffer.Length, said.Length - _read);
        said.AsSpan(_read, length).CopyTo(buffer.Span);
        _read += length;
        return ValueTask.FromResult(length);
    }
}

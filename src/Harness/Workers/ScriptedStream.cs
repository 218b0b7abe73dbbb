using TlsInterop.Tls.Scripted;

namespace TlsInterop.Harness.Workers;

/// <summary>The application data of a scripted connection, behind its handshake.</summary>
/// <param name="end">The end.</param>
/// <param name="transport">What it speaks over.</param>
internal sealed class ScriptedStream(ScriptedEnd end, Stream transport) : DuplexStream(transport)
{
    private ReadOnlyMemory<byte> _rest;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty) _rest = await end.ReceiveAsync(cancellationToken);
        var taken = _rest[..Math.Min(buffer.Length, _rest.Length)];
        taken.CopyTo(buffer);
        _rest = _rest[taken.Length..];
        return taken.Length;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await end.SendAsync(buffer, cancellationToken);
}

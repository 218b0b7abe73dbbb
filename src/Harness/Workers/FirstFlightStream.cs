namespace TlsInterop.Harness.Workers;

/// <summary>A peer that says nothing: keeps what is written, and ends where an answer is read.</summary>
internal sealed class FirstFlightStream : MemoryStream
{
    public override int Read(byte[] buffer, int offset, int count) => 0;

    public override int Read(Span<byte> buffer) => 0;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(0);
}

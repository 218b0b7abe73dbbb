using System.IO.Pipelines;

namespace TlsInterop.Tls.Tests.Scripted;

/// <summary>Two streams: what is written to one is read from the other.</summary>
internal sealed class DuplexPair : IDisposable
{
    private readonly Pipe _toServer = new(), _toClient = new();

    public DuplexPair()
    {
        Client = new End(_toClient.Reader.AsStream(), _toServer.Writer.AsStream());
        Server = new End(_toServer.Reader.AsStream(), _toClient.Writer.AsStream());
    }

    public Stream Client { get; }

    public Stream Server { get; }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    private sealed class End(Stream reads, Stream writes) : Stream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            reads.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            writes.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => writes.FlushAsync(cancellationToken);

        public override void Flush() => writes.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                writes.Dispose();
                reads.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}

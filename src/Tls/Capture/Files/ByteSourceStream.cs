namespace TlsInterop.Tls.Capture.Files;

/// <summary>
/// The rest of a <see cref="ByteSource"/> as a stream, so that what was peeked at can still be unpacked.
/// </summary>
internal sealed class ByteSourceStream(ByteSource source) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => source.Offset;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => source.Read(buffer);
    public override int Read(byte[] buffer, int offset, int count) => source.Read(buffer.AsSpan(offset, count));
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

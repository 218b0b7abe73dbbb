namespace TlsInterop.Tls.Decoding;

/// <summary>
/// A stream forward that tells when its source makes one wait: a pipe from a capture that is running.
/// </summary>
internal sealed class PatientStream(Stream source, TimeSpan patience, Action onWait) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = source.ReadAsync(buffer, offset, count);
        if (!read.IsCompleted && !((IAsyncResult)read).AsyncWaitHandle.WaitOne(patience)) onWait();
        return read.GetAwaiter().GetResult();
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

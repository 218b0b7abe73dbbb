using System.IO.Compression;

namespace TlsInterop.Tls.Decoding;

/// <summary>
/// Undoes the compression of the records of one direction in one epoch. They are one stream of zlib, flushed after each
/// record, so behind one that is missing or broken nothing can be read any more.
/// </summary>
/// <remarks>RFC 3749, Sections 2 and 2.1; RFC 1950.</remarks>
internal sealed class RecordInflation : IDisposable
{
    // RFC 5246, Section 6.2.2: no content is longer; the 1024 octets more are for what is compressed.
    private const int MostOctets = 1 << 14;

    private readonly Feed _feed = new();
    private readonly ZLibStream _stream;

    public RecordInflation() => _stream = new(_feed, CompressionMode.Decompress);

    /// <summary>True if what comes can't be inflated any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What a record holds; null, for this and all that follow, if that can't be told.</summary>
    public byte[]? Inflate(ReadOnlyMemory<byte> compressed)
    {
        if (IsBroken) return null;
        _feed.Rest = compressed;
        var content = new byte[MostOctets + 1];
        var length = 0;
        try
        {
            while (!_feed.Rest.IsEmpty && length < content.Length)
            {
                var read = _stream.Read(content.AsSpan(length));
                if (read == 0) break;
                length += read;
            }
        }
        catch (InvalidDataException)
        {
            IsBroken = true;
        }
        IsBroken |= length > MostOctets || !_feed.Rest.IsEmpty;
        return IsBroken ? null : content[..length];
    }

    /// <summary>A record is missing, or stays closed.</summary>
    public void Break() => IsBroken = true;

    public void Dispose()
    {
        IsBroken = true;
        _stream.Dispose();
    }

    /// <summary>Gives what there is, and then nothing until there is more.</summary>
    private sealed class Feed : Stream
    {
        public ReadOnlyMemory<byte> Rest { get; set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, Rest.Length);
            Rest.Span[..count].CopyTo(buffer);
            Rest = Rest[count..];
            return count;
        }

        public override void Flush()
        {
            // Nothing is written.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

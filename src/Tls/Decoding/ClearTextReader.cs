using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>
/// The lines that one direction sends before TLS (SMTP, IMAP and the like with STARTTLS). TLS begins where, at the
/// start of a line or segment, bytes look like it: no protocol needs to be known.
/// </summary>
/// <remarks>RFC 3207 (SMTP), RFC 9051, Section 6.2.1 (IMAP).</remarks>
internal sealed class ClearTextReader(Action<string, FrameStamp> line)
{
    private const int MaxLineLength = 16 << 10;
    private const int MaxTextLength = 256 << 10;

    private readonly List<byte> _pending = [];
    private int _textLength;

    /// <summary>Takes the text from the front of the next octets.</summary>
    /// <returns>The octets from the first of TLS on, or null if there are none yet.</returns>
    public byte[]? Read(ReadOnlySpan<byte> bytes, FrameStamp at)
    {
        // A record header may come one octet at a time; text that could not be TLS is kept apart from it.
        if (_pending.Count is > 0 and < TlsRecord.HeaderLength && RecordReader.LooksLikeTls([.. _pending]) is null)
        {
            bytes = (byte[])[.. _pending, .. bytes];
            _pending.Clear();
        }
        var isLineStart = true;
        while (!bytes.IsEmpty)
        {
            if (isLineStart)
            {
                var looksLikeTls = RecordReader.LooksLikeTls(bytes);
                if (looksLikeTls == true)
                {
                    Flush(at);
                    return bytes.ToArray();
                }
                if (looksLikeTls is null && _pending.Count == 0)
                {
                    _pending.AddRange(bytes);
                    return null;
                }
            }
            var end = bytes.IndexOf((byte)'\n');
            var length = end < 0 ? bytes.Length : end + 1;
            _pending.AddRange(bytes[..length]);
            bytes = bytes[length..];
            isLineStart = end >= 0;
            if (isLineStart || _pending.Count > MaxLineLength) Flush(at);
        }
        return null;
    }

    /// <summary>Gives what there is as a line, complete or not.</summary>
    public void Flush(FrameStamp at)
    {
        if (_pending.Count == 0) return;
        var isWithinLimit = _textLength <= MaxTextLength;
        _textLength += _pending.Count;
        // Text that never turns into TLS is another program's; its beginning tells which.
        if (isWithinLimit) line(Printable.Ascii(((byte[])[.. _pending]).AsSpan().TrimEnd("\r\n"u8)), at);
        _pending.Clear();
    }
}

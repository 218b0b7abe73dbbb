namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>Finds the end of a stanza, however it is cut; each octet is looked at once.</summary>
internal sealed class StanzaScan
{
    private int _at;
    private int _depth;
    private int _tag = -1;
    private byte _quote;

    /// <summary>
    /// Octets of the stanza at the front; 0 if it is not whole. They are those of the last call, and more.
    /// </summary>
    public int Length(ReadOnlySpan<byte> bytes)
    {
        for (; _at < bytes.Length; _at++)
        {
            var octet = bytes[_at];
            if (_tag < 0)
            {
                if (octet == (byte)'<') _tag = _at;
            }
            else if (_quote != 0)
            {
                if (octet == _quote) _quote = 0;
            }
            else if (octet is (byte)'"' or (byte)'\'')
            {
                _quote = octet;
            }
            else if (octet == (byte)'>')
            {
                var tag = bytes[_tag.._at];
                _tag = -1;
                if (EndsStanza(tag)) return ++_at;
            }
        }
        return 0;
    }

    public void Restart() => (_at, _depth, _tag, _quote) = (0, 0, -1, 0);

    // The tag without its last octet. The declaration and the root stand for themselves: the root ends with the stream.
    private bool EndsStanza(ReadOnlySpan<byte> tag)
    {
        if (tag.StartsWith("<?"u8) || tag.StartsWith("<stream:stream"u8) || tag.StartsWith("</stream:stream"u8))
            return true;
        if (tag.StartsWith("</"u8)) _depth--;
        else if (!tag.EndsWith("/"u8)) _depth++;
        return _depth <= 0;
    }
}

using System.Buffers;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Utilities;

namespace TlsInterop.Tls.Secrets;

/// <summary>The handshake messages of one handshake in order, as their original bytes with their headers.</summary>
/// <remarks>
/// RFC 8446, Section 4.4.1; RFC 5246, Section 7.4.9. HelloRequest is not part of it, nor are record headers.
/// </remarks>
public sealed class Transcript
{
    /// <summary>Octets of a usual handshake.</summary>
    private const int UsualLength = 4096;

    private readonly ArrayBufferWriter<byte> _messages = new(UsualLength);
    private readonly List<RunningHash> _hashes = [];

    /// <summary>Octets so far.</summary>
    public int Length => _messages.WrittenCount;

    /// <summary>A transcript that goes on from here on its own.</summary>
    public Transcript Copy()
    {
        var copy = new Transcript();
        copy.Add(Bytes);
        return copy;
    }

    /// <summary>Appends one whole handshake message.</summary>
    public void Add(ReadOnlySpan<byte> message) => _messages.Write(message);

    /// <summary>The bytes so far. The span is valid until the next change.</summary>
    public ReadOnlySpan<byte> Bytes => _messages.WrittenSpan;

    /// <summary>The hash of the bytes so far.</summary>
    /// <param name="hash"><c>SHA256</c>, <c>SHA384</c>, ... as the cipher suite registry names it.</param>
    public byte[] Hash(string hash)
    {
        // A handshake is hashed several times as it grows, so each octet is taken once.
        var running = _hashes.Find(one => one.Name == hash);
        if (running is null) _hashes.Add(running = new(hash));
        running.Take(Bytes);
        return running.Value();
    }

    /// <summary>
    /// Puts the synthetic message_hash in the place of the first ClientHello, when a HelloRetryRequest follows.
    /// </summary>
    public void ReplaceByMessageHash(string hash)
    {
        // RFC 8446, Section 4.4.1: message_hash (254), length in 24 bits, Hash(ClientHello1)
        var digest = Hash(hash);
        _messages.ResetWrittenCount();
        _hashes.Clear();
        Add([254, 0, 0, (byte)digest.Length]);
        Add(digest);
    }

    private sealed class RunningHash(string name)
    {
        private readonly IDigest _digest = Digests.Create(name);
        private int _taken;

        public string Name => name;

        public void Take(ReadOnlySpan<byte> bytes)
        {
            var rest = bytes[_taken..].ToArray();
            _digest.BlockUpdate(rest, 0, rest.Length);
            _taken = bytes.Length;
        }

        public byte[] Value()
        {
            var copy = (IDigest)((IMemoable)_digest).Copy();
            var output = new byte[copy.GetDigestSize()];
            copy.DoFinal(output, 0);
            return output;
        }
    }
}

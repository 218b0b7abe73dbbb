using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace TlsInterop.Tls.Fingerprints;

/// <summary>
/// Hashes of texts that come again and again: thousands of connections of a capture are made by the same few programs.
/// For any thread.
/// </summary>
/// <param name="hash">Hashes a text in ASCII.</param>
internal sealed class RememberedHashes(RememberedHashes.Function hash)
{
    /// <summary>Texts; when there are more, all are forgotten.</summary>
    private const int Most = 512;

    /// <summary>Characters of a text that an honest program sends.</summary>
    private const int Longest = 512;

    private readonly ConcurrentDictionary<string, string> _known = new();
    private int _count;

    public delegate string Function(ReadOnlySpan<byte> text);

    public string Of(ReadOnlySpan<char> text)
    {
        if (text.Length > Longest) return Hash(text);
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var known)) return known;

        var made = Hash(text);
        if (Interlocked.Increment(ref _count) > Most)
        {
            _known.Clear();
            Volatile.Write(ref _count, 1);
        }
        lookup[text] = made;
        return made;
    }

    private string Hash(ReadOnlySpan<char> text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        var length = Encoding.ASCII.GetBytes(text, bytes);
        var made = hash(bytes.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
        return made;
    }
}

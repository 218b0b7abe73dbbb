using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Fingerprints;

/// <summary>
/// Hashes of texts that come again and again: thousands of connections of a capture are made by the same few programs.
/// For any thread.
/// </summary>
/// <param name="hash">Hashes a text in ASCII.</param>
internal sealed class RememberedHashes(RememberedHashes.Function hash)
{
    private const int Places = 512;

    /// <summary>Characters of a text that an honest program sends.</summary>
    private const int Longest = 512;

    private readonly RecentByContent<string> _known = new(Places, Longest * sizeof(char));

    public delegate string Function(ReadOnlySpan<byte> text);

    public string Of(ReadOnlySpan<char> text)
    {
        var content = MemoryMarshal.AsBytes(text);
        if (_known.Find(kind: 0, content) is { } known) return known;

        var made = Hash(text);
        if (_known.Takes(content.Length)) _known.Keep(kind: 0, content.ToArray(), made);
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

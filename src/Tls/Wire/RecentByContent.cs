using System.Buffers.Binary;
using System.Numerics;

namespace TlsInterop.Tls.Wire;

/// <summary>
/// What was made of octets lately: the few programs of a capture send the same ones in thousands of handshakes. For any
/// thread, without locks: each content has one place, and whoever comes last has it.
/// </summary>
/// <param name="places">How many things there may be; a power of two.</param>
/// <param name="longest">Octets; longer contents are not remembered.</param>
internal sealed class RecentByContent<T>(int places, int longest)
    where T : class
{
    private const ulong Multiplier = 0x9e37_79b9_7f4a_7c15; // 2^64 divided by the golden ratio: spreads what is alike

    private readonly Entry?[] _entries = new Entry[places];

    private sealed record Entry(uint Kind, byte[] Content, T Value);

    /// <summary>True if a content of that many octets is remembered.</summary>
    public bool Takes(int length) => length <= longest;

    /// <summary>What was made of these octets, or null.</summary>
    /// <param name="kind">What the octets are: the same ones may mean something else elsewhere.</param>
    /// <param name="content">The octets.</param>
    public T? Find(uint kind, ReadOnlySpan<byte> content) =>
        Takes(content.Length) && Volatile.Read(ref Place(kind, content)) is { } entry
            && entry.Kind == kind && content.SequenceEqual(entry.Content)
            ? entry.Value
            : null;

    /// <summary>Remembers what was made of octets.</summary>
    /// <param name="kind">What the octets are.</param>
    /// <param name="content">The octets, kept as they are: nobody may change them, and nothing large may hang on
    /// them.</param>
    /// <param name="value">What was made of them.</param>
    public void Keep(uint kind, byte[] content, T value)
    {
        if (Takes(content.Length)) Volatile.Write(ref Place(kind, content), new(kind, content, value));
    }

    private ref Entry? Place(uint kind, ReadOnlySpan<byte> content)
    {
        var hash = (kind ^ (ulong)content.Length << 32) * Multiplier;
        for (; content.Length >= sizeof(ulong); content = content[sizeof(ulong)..])
            hash = Mixed(hash, BinaryPrimitives.ReadUInt64LittleEndian(content));
        foreach (var octet in content) hash = Mixed(hash, octet);
        return ref _entries[(hash >> 32) & (ulong)(_entries.Length - 1)];
    }

    private static ulong Mixed(ulong hash, ulong word) => BitOperations.RotateLeft(hash ^ word, 29) * Multiplier;
}

using System.Buffers.Binary;

namespace TlsInterop.Tls.Secrets;

/// <summary>What a secret is found by, at most 32 octets, as a key of a dictionary that costs no allocation.</summary>
internal readonly record struct SecretId(int Length, ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>False for what is empty or longer than any id.</summary>
    public static bool TryOf(ReadOnlySpan<byte> octets, out SecretId id)
    {
        id = default;
        if (octets.IsEmpty || octets.Length > KeyLogLine.LongestId) return false;

        Span<byte> padded = stackalloc byte[KeyLogLine.LongestId];
        padded.Clear();
        octets.CopyTo(padded);
        id = new SecretId(
            octets.Length,
            BinaryPrimitives.ReadUInt64LittleEndian(padded),
            BinaryPrimitives.ReadUInt64LittleEndian(padded[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(padded[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(padded[24..]));
        return true;
    }
}

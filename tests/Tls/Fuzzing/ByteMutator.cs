using System.Buffers.Binary;

namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>
/// Changes octets as broken disks, broken senders and hostile ones do. The same random gives the same.
/// </summary>
internal sealed class ByteMutator(Random random)
{
    private const int LongestBlock = 200;

    private static readonly uint[] Lengths =
        [0, 1, 2, 3, 0x7f, 0x80, 0xff, 0x100, 0x4000, 0x4001, 0x4800, 0x7fff, 0x8000, 0xffff, 0x10000, 0xffffff,
        0x7fffffff, 0x80000000, 0xffffffff];

    /// <summary>Changes in up to eight places, mostly in few.</summary>
    /// <param name="bytes">The original, which stays as it is.</param>
    /// <param name="other">Where blocks may be taken from.</param>
    public byte[] Mutate(byte[] bytes, byte[] other)
    {
        var changed = bytes.ToList();
        do Change(changed, other); while (random.Next(2) == 0 && changed.Count < bytes.Length + (8 * LongestBlock));
        return [.. changed];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        if (bytes.Count == 0)
        {
            bytes.Add((byte)random.Next(256));
            return;
        }
        var at = random.Next(bytes.Count);
        var length = Math.Min(1 + random.Next(random.Next(4) == 0 ? LongestBlock : 8), bytes.Count - at);
        switch (random.Next(12))
        {
            case 0 or 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 2: bytes[at] = (byte)random.Next(256); break;
            case 3: bytes[at] = (byte)(bytes[at] + (random.Next(2) == 0 ? 1 : -1)); break;
            case 4 or 5 or 6: SetLength(bytes, at); break;
            case 7: bytes.RemoveRange(at, length); break;
            case 8: bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length)); break;
            case 9: Swap(bytes, at, length); break;
            case 10: bytes.InsertRange(at, Block(other)); break;
            default:
                if (random.Next(4) == 0) bytes.RemoveRange(at, bytes.Count - at);
                else for (var i = 0; i < length; i++) bytes[at + i] = (byte)random.Next(256);
                break;
        }
    }

    private void SetLength(List<byte> bytes, int at)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        var value = Lengths[random.Next(Lengths.Length)];
        var width = Math.Min(1 + random.Next(4), bytes.Count - at);
        if (random.Next(4) == 0) BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
        else BinaryPrimitives.WriteUInt32BigEndian(octets, value << (8 * (sizeof(uint) - width)));
        for (var i = 0; i < width; i++) bytes[at + i] = octets[i];
    }

    private void Swap(List<byte> bytes, int at, int length)
    {
        var block = bytes.GetRange(at, length);
        bytes.RemoveRange(at, length);
        bytes.InsertRange(random.Next(bytes.Count + 1), block);
    }

    private byte[] Block(byte[] other)
    {
        if (other.Length == 0) return [];
        var at = random.Next(other.Length);
        return other.AsSpan(at, Math.Min(1 + random.Next(LongestBlock), other.Length - at)).ToArray();
    }
}

using System.Buffers.Binary;

namespace TlsInterop.Harness.Workers;

/// <summary>What a stack's own ClientHello offers: read to learn what the stack has, not to judge it.</summary>
/// <param name="Suites">cipher_suites, in order.</param>
/// <param name="Groups">supported_groups, in order; empty without the extension.</param>
internal sealed record ClientHelloOffer(IReadOnlyList<ushort> Suites, IReadOnlyList<ushort> Groups)
{
    private const ushort SupportedGroups = 10; // RFC 8446, Section 4.2.7

    /// <summary>
    /// Reads the ClientHello at the start of what a client wrote; null if that is no whole ClientHello in one record.
    /// </summary>
    public static ClientHelloOffer? Read(ReadOnlySpan<byte> written)
    {
        // RFC 8446, Section 5.1: handshake(22), legacy_record_version, length; Section 4: client_hello(1), length;
        // Section 4.1.2: legacy_version, random
        var rest = written;
        if (!Take(ref rest, 9, out var header) || header[0] != 22 || header[5] != 1) return null;
        if (!Take(ref rest, 34, out _)) return null;
        if (!Vector(ref rest, 1, out _)) return null; // legacy_session_id
        if (!Vector(ref rest, 2, out var suites)) return null;
        if (!Vector(ref rest, 1, out _)) return null; // legacy_compression_methods
        return new(Numbers(suites), Vector(ref rest, 2, out var extensions) ? Groups(extensions) : []);

        static IReadOnlyList<ushort> Groups(ReadOnlySpan<byte> extensions)
        {
            while (Take(ref extensions, 2, out var type) && Vector(ref extensions, 2, out var data))
            {
                if (BinaryPrimitives.ReadUInt16BigEndian(type) == SupportedGroups
                    && Vector(ref data, 2, out var groups))
                    return Numbers(groups);
            }
            return [];
        }
    }

    private static bool Take(ref ReadOnlySpan<byte> rest, int length, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (length > rest.Length) return false;
        taken = rest[..length];
        rest = rest[length..];
        return true;
    }

    // A vector with a length of one or two octets before it.
    private static bool Vector(ref ReadOnlySpan<byte> rest, int lengthOctets, out ReadOnlySpan<byte> vector)
    {
        vector = default;
        if (!Take(ref rest, lengthOctets, out var length)) return false;
        return Take(ref rest, lengthOctets == 1 ? length[0] : BinaryPrimitives.ReadUInt16BigEndian(length), out vector);
    }

    private static ushort[] Numbers(ReadOnlySpan<byte> vector)
    {
        var numbers = new ushort[vector.Length / 2];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = BinaryPrimitives.ReadUInt16BigEndian(vector[(2 * i)..]);
        return numbers;
    }
}

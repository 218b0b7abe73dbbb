namespace TlsInterop.Harness.Workers;

/// <summary>
/// What an echo scenario sends: a sequence of lowercase letters and digits that is a function of its length alone.
/// </summary>
/// <remarks>
/// Printable and without line ends but the last, so that line oriented servers and clients carry it as well. The
/// sequence starts elsewhere for each length, so the tail of one payload is not mistaken for that of another.
/// </remarks>
public static class EchoPayload
{
    /// <summary>Largest payload in octets: 16 MiB.</summary>
    public const int MaximumLength = 1 << 24;

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The payload of <paramref name="length"/> octets; the last one is a line feed.</summary>
    public static byte[] Create(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaximumLength);
        var payload = new byte[length];
        // A linear congruential sequence modulo 2^32 (multiplier 1664525, increment 1013904223);
        // its upper bits are used.
        var state = (uint)length;
        for (var i = 0; i < length; i++)
        {
            state = unchecked((state * 1664525) + 1013904223);
            payload[i] = (byte)Alphabet[(int)((state >> 16) % (uint)Alphabet.Length)];
        }
        payload[^1] = (byte)'\n';
        return payload;
    }
}

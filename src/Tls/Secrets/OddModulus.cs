using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TlsInterop.Tls.Secrets;

/// <summary>
/// Powers modulo one odd number, several times faster than any general BigInteger: Montgomery's multiplication on
/// 64-bit words. Not in constant time: it works on what others have sent.
/// </summary>
/// <remarks>P. L. Montgomery, "Modular Multiplication Without Trial Division", 1985. For any thread.</remarks>
internal sealed class OddModulus
{
    private readonly ulong[] _modulus;
    private readonly ulong[] _rSquared;
    private readonly ulong _negatedInverse;

    /// <summary>Prepares the modulus.</summary>
    /// <param name="modulus">An odd number above 1, the first octet counting most.</param>
    public OddModulus(ReadOnlySpan<byte> modulus)
    {
        var number = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        if (number.IsEven || number.IsOne)
            throw new ArgumentException("Expected an odd modulus above 1.", nameof(modulus));

        Length = number.GetByteCount(isUnsigned: true);
        var words = (Length + 7) / 8;
        _modulus = Words(number, words);
        _rSquared = Words((BigInteger.One << (128 * words)) % number, words);
        // Newton: each step doubles the bits that are right, and three are right to begin with.
        var inverse = _modulus[0];
        for (var bits = 3; bits < 64; bits *= 2) inverse *= 2 - (_modulus[0] * inverse);
        _negatedInverse = 0 - inverse;
    }

    /// <summary>Octets of the modulus.</summary>
    public int Length { get; }

    /// <summary>The power, as long as the modulus; null if the base is not below it.</summary>
    /// <param name="octets">The base, the first octet counting most.</param>
    /// <param name="exponent">The exponent, likewise.</param>
    public byte[]? Power(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> exponent)
    {
        var number = new BigInteger(octets, isUnsigned: true, isBigEndian: true);
        if (number.GetByteCount(isUnsigned: true) > Length) return null;
        var words = _modulus.Length;
        var plain = Words(number, words);
        if (!IsBelow(plain, _modulus)) return null;

        var work = new ulong[words + 2];
        var based = new ulong[words];
        Multiply(plain, _rSquared, based, work);
        var power = new ulong[words];
        var one = new ulong[words];
        one[0] = 1;
        Multiply(one, _rSquared, power, work);
        var hasBegun = false;
        foreach (var octet in exponent)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                if (hasBegun) Multiply(power, power, power, work);
                if (((octet >> bit) & 1) == 0) continue;
                Multiply(power, based, power, work);
                hasBegun = true;
            }
        }
        Multiply(power, one, power, work);
        return Octets(power);
    }

    // a * b / R modulo the modulus, word by word.
    private void Multiply(ulong[] a, ulong[] b, ulong[] result, ulong[] work)
    {
        var modulus = _modulus;
        var words = modulus.Length;
        Array.Clear(work);
        for (var i = 0; i < words; i++)
        {
            AddProduct(work, b, a[i]);
            AddProduct(work, modulus, work[0] * _negatedInverse);
            Array.Copy(work, 1, work, 0, words + 1);
            work[words + 1] = 0;
        }
        if (work[words] != 0 || !IsBelow(work.AsSpan(0, words), modulus)) Subtract(work, modulus);
        Array.Copy(work, result, words);
    }

    private static void AddProduct(ulong[] sum, ulong[] factor, ulong word)
    {
        var carry = 0UL;
        ReadOnlySpan<ulong> words = factor;
        var target = sum.AsSpan(0, words.Length);
        for (var j = 0; j < words.Length && j < target.Length; j++)
        {
            // Whether there is a carry is as good as random: adding it is faster than a branch.
            var high = Math.BigMul(words[j], word, out var low);
            low += carry;
            high += One(low < carry);
            var added = target[j] + low;
            high += One(added < low);
            target[j] = added;
            carry = high;
        }
        var last = sum[words.Length] + carry;
        sum[words.Length + 1] += One(last < carry);
        sum[words.Length] = last;
    }

    private static ulong One(bool condition) => Unsafe.BitCast<bool, byte>(condition);

    private static void Subtract(ulong[] from, ulong[] modulus)
    {
        var borrow = 0UL;
        for (var i = 0; i < modulus.Length; i++)
        {
            var difference = from[i] - modulus[i];
            var isBorrowed = from[i] < modulus[i] || difference < borrow;
            from[i] = difference - borrow;
            borrow = isBorrowed ? 1UL : 0UL;
        }
    }

    private static bool IsBelow(ReadOnlySpan<ulong> number, ReadOnlySpan<ulong> modulus)
    {
        for (var i = modulus.Length - 1; i >= 0; i--)
        {
            if (number[i] != modulus[i]) return number[i] < modulus[i];
        }
        return false;
    }

    private static ulong[] Words(BigInteger number, int words)
    {
        Span<byte> octets = new byte[8 * words];
        number.TryWriteBytes(octets, out _, isUnsigned: true);
        var result = new ulong[words];
        for (var i = 0; i < words; i++)
            result[i] = BinaryPrimitives.ReadUInt64LittleEndian(octets[(8 * i)..]);
        return result;
    }

    private byte[] Octets(ulong[] words)
    {
        Span<byte> padded = new byte[8 * words.Length];
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt64BigEndian(padded[^(8 * (i + 1))..], words[i]);
        return padded[^Length..].ToArray();
    }
}

using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TlsInterop.Tls.Secrets;

/// <summary>
/// Computes modulo one odd number, several times faster than any general BigInteger: Montgomery's multiplication on
/// 64-bit words. Not in constant time: it works on what others have sent.
/// </summary>
/// <remarks>
/// P. L. Montgomery, "Modular Multiplication Without Trial Division", 1985. Numbers are words, the lowest first, and
/// below the modulus. For any thread.
/// </remarks>
internal sealed class OddModulus
{
    private static readonly ulong[] P256 = [ulong.MaxValue, 0xffffffff, 0, 0xffffffff00000001];

    private readonly ulong[] _modulus;
    private readonly ulong[] _rSquared;
    private readonly ulong[] _one;
    private readonly ulong _negatedInverse;
    private readonly bool _isP256;

    /// <summary>Prepares the modulus.</summary>
    /// <param name="modulus">An odd number above 1, the first octet counting most.</param>
    public OddModulus(ReadOnlySpan<byte> modulus)
    {
        var number = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        if (number.IsEven || number.IsOne)
            throw new ArgumentException("Expected an odd modulus above 1.", nameof(modulus));

        Length = number.GetByteCount(isUnsigned: true);
        Words = (Length + 7) / 8;
        _modulus = WordsOf(number);
        _rSquared = WordsOf((BigInteger.One << (128 * Words)) % number);
        _one = WordsOf((BigInteger.One << (64 * Words)) % number);
        // Newton: each step doubles the bits that are right, and three are right to begin with.
        var inverse = _modulus[0];
        for (var bits = 3; bits < 64; bits *= 2) inverse *= 2 - (_modulus[0] * inverse);
        _negatedInverse = 0 - inverse;
        _isP256 = _modulus.AsSpan().SequenceEqual(P256);
    }

    /// <summary>Octets of the modulus.</summary>
    public int Length { get; }

    /// <summary>Words of a number.</summary>
    public int Words { get; }

    /// <summary>1 in Montgomery's form.</summary>
    public ReadOnlySpan<ulong> One => _one;

    /// <summary>The power, as long as the modulus; null if the base is not below it.</summary>
    /// <param name="octets">The base, the first octet counting most.</param>
    /// <param name="exponent">The exponent, likewise.</param>
    public byte[]? Power(ReadOnlySpan<byte> octets, ReadOnlySpan<byte> exponent)
    {
        Span<ulong> number = new ulong[3 * Words];
        var plain = number[..Words];
        var based = number.Slice(Words, Words);
        var power = number[(2 * Words)..];
        if (!TryRead(octets, plain)) return null;

        ToMontgomery(plain, based);
        Power(based, exponent, power);
        FromMontgomery(power, power);
        return Octets(power);
    }

    /// <summary>The power of a number in Montgomery's form, in that form.</summary>
    public void Power(ReadOnlySpan<ulong> based, ReadOnlySpan<byte> exponent, Span<ulong> power)
    {
        _one.CopyTo(power);
        var hasBegun = false;
        foreach (var octet in exponent)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                if (hasBegun) Multiply(power, power, power);
                if (((octet >> bit) & 1) == 0) continue;
                Multiply(power, based, power);
                hasBegun = true;
            }
        }
    }

    /// <summary>Reads a number; false if it is not below the modulus.</summary>
    public bool TryRead(ReadOnlySpan<byte> octets, Span<ulong> number)
    {
        number.Clear();
        var start = octets.IndexOfAnyExcept((byte)0);
        if (start < 0) return true;
        octets = octets[start..];
        if (octets.Length > Length) return false;
        for (var word = 0; !octets.IsEmpty; word++)
        {
            var taken = Math.Min(8, octets.Length);
            foreach (var octet in octets[^taken..]) number[word] = (number[word] << 8) | octet;
            octets = octets[..^taken];
        }
        return IsBelow(number, _modulus);
    }

    public void ToMontgomery(ReadOnlySpan<ulong> number, Span<ulong> result) => Multiply(number, _rSquared, result);

    public void FromMontgomery(ReadOnlySpan<ulong> number, Span<ulong> result)
    {
        Span<ulong> one = stackalloc ulong[Words];
        one[0] = 1;
        Multiply(number, one, result);
    }

    /// <summary>a + b</summary>
    public void Add(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> result)
    {
        var carry = 0UL;
        for (var i = 0; i < result.Length && i < a.Length && i < b.Length; i++)
        {
            var sum = a[i] + carry;
            carry = One64(sum < carry);
            var added = sum + b[i];
            carry += One64(added < sum);
            result[i] = added;
        }
        if (carry != 0 || !IsBelow(result, _modulus)) SubtractWords(result, _modulus, result);
    }

    /// <summary>a - b</summary>
    public void Subtract(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> result)
    {
        if (SubtractWords(a, b, result) == 0) return;
        var carry = 0UL;
        for (var i = 0; i < result.Length && i < _modulus.Length; i++)
        {
            var sum = result[i] + carry;
            carry = One64(sum < carry);
            var added = sum + _modulus[i];
            carry += One64(added < sum);
            result[i] = added;
        }
    }

    /// <summary>a * b / R: the product in Montgomery's form if both are in it. The result may be one of them.</summary>
    // Compiled at once and for this processor: a signature takes a thousand of them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> result)
    {
        var words = _modulus.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, words);
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, words);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, words);

        if (_isP256)
        {
            MultiplyP256(a, b, result);
            return;
        }
        Span<ulong> sum = stackalloc ulong[words];
        ref var t = ref MemoryMarshal.GetReference(sum);
        ref var factor = ref MemoryMarshal.GetReference(b);
        ref var modulus = ref MemoryMarshal.GetArrayDataReference(_modulus);
        var top = 0UL;
        foreach (var word in a)
        {
            // Whether there is a carry is as good as random: adding it is faster than a branch.
            var ofProduct = Math.BigMul(word, factor, out var low);
            low += t;
            ofProduct += One64(low < t);
            var multiple = low * _negatedInverse;
            var ofModulus = Math.BigMul(multiple, modulus, out var zero);
            ofModulus += One64(zero + low < low);
            for (var j = 1; j < words; j++)
            {
                var high = Math.BigMul(word, Unsafe.Add(ref factor, j), out low);
                low += Unsafe.Add(ref t, j);
                high += One64(low < Unsafe.Add(ref t, j));
                low += ofProduct;
                ofProduct = high + One64(low < ofProduct);

                high = Math.BigMul(multiple, Unsafe.Add(ref modulus, j), out var lower);
                lower += low;
                high += One64(lower < low);
                lower += ofModulus;
                ofModulus = high + One64(lower < ofModulus);
                Unsafe.Add(ref t, j - 1) = lower;
            }
            var last = top + ofProduct;
            top = One64(last < ofProduct);
            last += ofModulus;
            top += One64(last < ofModulus);
            Unsafe.Add(ref t, words - 1) = last;
        }
        if (top != 0 || !IsBelow(sum, _modulus)) SubtractWords(sum, _modulus, result);
        else sum.CopyTo(result);
    }

    // The prime of the curve that signs most handshakes (FIPS 186-4, D.1.2.3) has words to which a product need not be
    // added bit by bit: -1, 2^32 - 1, 0. Its last one takes a multiplication.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyP256(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b, Span<ulong> result)
    {
        const ulong LastWord = 0xffffffff00000001;
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        var (b0, b1, b2, b3) = (b[0], b[1], b[2], b[3]);
        foreach (var word in a)
        {
            t0 = AddProduct(t0, word, b0, 0, out var carry);
            t1 = AddProduct(t1, word, b1, carry, out carry);
            t2 = AddProduct(t2, word, b2, carry, out carry);
            t3 = AddProduct(t3, word, b3, carry, out carry);
            t4 += carry;
            var top = One64(t4 < carry);

            var multiple = t0;
            t0 = t1 + (multiple << 32);
            carry = One64(t0 < multiple << 32);
            t1 = t2 + (multiple >> 32);
            var second = One64(t1 < t2);
            t1 += carry;
            second += One64(t1 < carry);
            t2 = AddProduct(t3, multiple, LastWord, second, out carry);
            t3 = t4 + carry;
            t4 = top + One64(t3 < carry);
        }
        (result[0], result[1], result[2], result[3]) = (t0, t1, t2, t3);
        if (t4 != 0 || !IsBelow(result, _modulus)) SubtractWords(result, _modulus, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AddProduct(ulong sum, ulong a, ulong b, ulong carry, out ulong newCarry)
    {
        var high = Math.BigMul(a, b, out var low);
        low += sum;
        high += One64(low < sum);
        low += carry;
        newCarry = high + One64(low < carry);
        return low;
    }

    private static ulong One64(bool condition) => Unsafe.BitCast<bool, byte>(condition);

    // Returns what had to be borrowed.
    private static ulong SubtractWords(ReadOnlySpan<ulong> from, ReadOnlySpan<ulong> number, Span<ulong> result)
    {
        var borrow = 0UL;
        for (var i = 0; i < result.Length && i < from.Length && i < number.Length; i++)
        {
            var difference = from[i] - number[i];
            var isBorrowed = One64(from[i] < number[i]) | One64(difference < borrow);
            result[i] = difference - borrow;
            borrow = isBorrowed;
        }
        return borrow;
    }

    private static bool IsBelow(ReadOnlySpan<ulong> number, ReadOnlySpan<ulong> modulus)
    {
        for (var i = modulus.Length - 1; i >= 0; i--)
        {
            if (number[i] != modulus[i]) return number[i] < modulus[i];
        }
        return false;
    }

    private ulong[] WordsOf(BigInteger number)
    {
        var octets = new byte[8 * Words];
        number.TryWriteBytes(octets, out _, isUnsigned: true);
        var result = new ulong[Words];
        for (var i = 0; i < Words; i++)
            result[i] = BinaryPrimitives.ReadUInt64LittleEndian(octets.AsSpan(8 * i));
        return result;
    }

    private byte[] Octets(ReadOnlySpan<ulong> words)
    {
        Span<byte> padded = new byte[8 * words.Length];
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt64BigEndian(padded[^(8 * (i + 1))..], words[i]);
        return padded[^Length..].ToArray();
    }
}

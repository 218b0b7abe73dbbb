using System.Buffers.Binary;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;

namespace TlsInterop.Tls.Secrets;

/// <summary>The ARIA block cipher with keys of 128, 192 and 256 bits.</summary>
/// <remarks>RFC 5794. Nothing here runs in constant time: it reads what others have sent.</remarks>
internal sealed class AriaEngine : IBlockCipher
{
    private const int BlockSize = 16;

    // RFC 5794, Section 2.2
    private static readonly UInt128[] Constants =
    [
        new(0x517cc1b727220a94, 0xfe13abe8fa9a6ee0),
        new(0x6db14acc9e21c820, 0xff28b1d5ef5de2b0),
        new(0xdb92371d2126e970, 0x0324977504e8c90e),
    ];

    private UInt128[] _roundKeys = [];

    public string AlgorithmName => "ARIA";

#pragma warning disable CA1822 // The interface of Portable.BouncyCastle asks for these, that of newer packages doesn't.
    public bool IsPartialBlockOkay => false;

    public void Reset()
    {
        // Nothing is kept between blocks.
    }
#pragma warning restore CA1822

    public void Init(bool forEncryption, ICipherParameters parameters)
    {
        if (parameters is not KeyParameter key) throw new ArgumentException("Expected a key.", nameof(parameters));
        var encryption = EncryptionKeys(key.GetKey());
        _roundKeys = forEncryption ? encryption : DecryptionKeys(encryption);
    }

    public int GetBlockSize() => BlockSize;

    public int ProcessBlock(byte[] inBuf, int inOff, byte[] outBuf, int outOff) =>
        ProcessBlock(inBuf.AsSpan(inOff), outBuf.AsSpan(outOff));

    public int ProcessBlock(ReadOnlySpan<byte> input, Span<byte> output)
    {
        // RFC 5794, Section 2.3.1
        var block = BinaryPrimitives.ReadUInt128BigEndian(input);
        var last = _roundKeys.Length - 1;
        for (var round = 0; round < last - 2; round += 2)
            block = AriaTables.Even(AriaTables.Odd(block ^ _roundKeys[round]) ^ _roundKeys[round + 1]);
        block = AriaTables.Odd(block ^ _roundKeys[last - 2]);
        block = AriaTables.SubstituteEven(block ^ _roundKeys[last - 1]) ^ _roundKeys[last];
        BinaryPrimitives.WriteUInt128BigEndian(output, block);
        return BlockSize;
    }

    // RFC 5794, Section 2.2
    private static UInt128[] EncryptionKeys(byte[] masterKey)
    {
        if (masterKey.Length is not (16 or 24 or 32))
            throw new ArgumentException(
                $"Expected a key of 16, 24 or 32 octets. Got: {masterKey.Length}", nameof(masterKey));

        Span<byte> padded = stackalloc byte[2 * BlockSize];
        padded.Clear();
        masterKey.CopyTo(padded);
        var first = (masterKey.Length - 16) / 8;
        var w0 = BinaryPrimitives.ReadUInt128BigEndian(padded);
        var w1 = AriaTables.Odd(w0 ^ Constants[first]) ^ BinaryPrimitives.ReadUInt128BigEndian(padded[BlockSize..]);
        var w2 = AriaTables.Even(w1 ^ Constants[(first + 1) % 3]) ^ w0;
        var w3 = AriaTables.Odd(w2 ^ Constants[(first + 2) % 3]) ^ w1;

        UInt128[] words = [w0, w1, w2, w3];
        int[] rotations = [19, 31, 128 - 61, 128 - 31, 128 - 19];
        var keys = new UInt128[13 + (2 * first)];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = words[i % 4] ^ UInt128.RotateRight(words[(i + 1) % 4], rotations[i / 4]);
        return keys;
    }

    // RFC 5794, Section 2.2: the same rounds with the keys backwards, those between diffused.
    private static UInt128[] DecryptionKeys(UInt128[] encryption)
    {
        UInt128[] keys = [.. encryption.Reverse()];
        for (var i = 1; i < keys.Length - 1; i++) keys[i] = AriaTables.Diffuse(keys[i]);
        return keys;
    }
}

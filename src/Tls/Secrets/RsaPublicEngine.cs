using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;

namespace TlsInterop.Tls.Secrets;

/// <summary>
/// The public operation of RSA (RFC 8017, Sections 5.1.1 and 5.2.2) for the encodings of Bouncy Castle.
/// </summary>
/// <param name="modulus">The modulus of the key, prepared once for many signatures.</param>
internal sealed class RsaPublicEngine(OddModulus modulus) : IAsymmetricBlockCipher
{
    private byte[] _exponent = [];
    private bool _isEncrypting;

    public string AlgorithmName => "RSA";

    public void Init(bool forEncryption, ICipherParameters parameters)
    {
        if (parameters is not RsaKeyParameters { IsPrivate: false } key)
            throw new ArgumentException("Expected a public RSA key.", nameof(parameters));
        _exponent = key.Exponent.ToByteArrayUnsigned();
        _isEncrypting = forEncryption;
    }

    public int GetInputBlockSize() => _isEncrypting ? modulus.Length - 1 : modulus.Length;

    public int GetOutputBlockSize() => _isEncrypting ? modulus.Length : modulus.Length - 1;

    public byte[] ProcessBlock(byte[] inBuf, int inOff, int inLen)
    {
        var block = modulus.Power(inBuf.AsSpan(inOff, inLen), _exponent)
            ?? throw new DataLengthException("the input is not below the modulus");
        if (_isEncrypting) return block;
        // The encodings expect a number: its leading zeros are theirs to add.
        var start = block.AsSpan().IndexOfAnyExcept((byte)0);
        return start <= 0 ? block : block[start..];
    }
}

using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>A block cipher in CBC mode with a MAC inside (the default) or outside (encrypt-then-MAC).</summary>
/// <remarks>
/// RFC 5246, Section 6.2.3.2; RFC 2246, Section 6.2.3.2 for the chained IV; RFC 7366 for encrypt-then-MAC. A record may
/// be empty: stacks send such records in TLS 1.0 so that the next IV can't be foretold.
/// </remarks>
internal sealed class CbcProtection : RecordProtection
{
    private const int HeaderLength = 5;

    private static readonly SecureRandom UsualRandom = new();

    private readonly ProtocolVersion _version;
    private readonly Func<IBlockCipher> _newEngine;
    private readonly KeyParameter _key;
    private readonly RecordMac _mac;
    private readonly bool _encryptThenMac;
    private readonly SecureRandom _random;
    private readonly int _block;

    private IBlockCipher? _encryption;
    private IBlockCipher? _decryption;

    // The last block of ciphertext is the next IV in TLS 1.0; null where records carry their own.
    private byte[]? _chainedIv;

    // What was lost when a record behind a gap had been seen: if it is the same now, nothing lies between.
    private long _lostBehindLast;

    /// <summary>Begins an epoch.</summary>
    /// <param name="version">The negotiated version: SSL 3.0 has another rule for padding.</param>
    /// <param name="newEngine">Makes the block cipher.</param>
    /// <param name="blockLength">Octets of its block.</param>
    /// <param name="key">Its key.</param>
    /// <param name="mac">The record MAC.</param>
    /// <param name="chainedIv">
    /// Up to TLS 1.0: the first IV. Later versions: null, each record begins with its IV.
    /// </param>
    /// <param name="encryptThenMac">True if the extension of RFC 7366 was agreed.</param>
    /// <param name="random">Where the IVs of what is sealed come from; null for the usual generator.</param>
    public CbcProtection(
        ProtocolVersion version,
        Func<IBlockCipher> newEngine,
        int blockLength,
        byte[] key,
        RecordMac mac,
        byte[]? chainedIv,
        bool encryptThenMac,
        SecureRandom? random = null)
    {
        _version = version;
        _random = random ?? UsualRandom;
        _newEngine = newEngine;
        _key = new KeyParameter(key);
        _mac = mac;
        _chainedIv = chainedIv;
        _encryptThenMac = encryptThenMac;
        _block = blockLength;
    }

    private protected override int ExplicitNonceLength => _chainedIv is null ? _block : 0;

    private protected override int BlockLength => _block;

    private protected override OpenedRecord OpenNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> fragment) =>
        Check(contentType, recordVersion, fragment, Decrypt(Encrypted(fragment)));

    // Only the MAC depends on the sequence number. A chained IV is lost with the record before this one: then the first
    // block is too, and a MAC outside would not tell.
    private protected override Func<long, OpenedRecord> Attempt(
        byte contentType, ushort recordVersion, byte[] fragment, long lost)
    {
        var hasIv = _chainedIv is null || lost == _lostBehindLast;
        _lostBehindLast = lost + HeaderLength + fragment.Length;
        var plain = Decrypt(Encrypted(fragment));
        return missing => hasIv || missing == 0
            ? Check(contentType, recordVersion, fragment, plain)
            : Failed(RecordStatus.MacWrong, contentType);
    }

    // RFC 7366, Section 3: the MAC covers the IV and the ciphertext.
    private ReadOnlySpan<byte> Encrypted(ReadOnlySpan<byte> fragment) =>
        !_encryptThenMac ? fragment : fragment[..Math.Max(fragment.Length - _mac.Length, 0)];

    private OpenedRecord Check(byte contentType, ushort recordVersion, ReadOnlySpan<byte> fragment, byte[]? plain) =>
        _encryptThenMac
            ? CheckEncryptThenMac(contentType, recordVersion, fragment, plain)
            : CheckMacThenEncrypt(contentType, recordVersion, plain);

    private OpenedRecord CheckMacThenEncrypt(byte contentType, ushort recordVersion, byte[]? plain)
    {
        if (plain is null || plain.Length < _mac.Length + 1) return Failed(RecordStatus.TooShort, contentType);

        var padding = plain[^1];
        var length = plain.Length - 1 - padding - _mac.Length;
        // With the wrong key nothing fits, the padding least of all: so padding is judged only where the MAC agrees.
        if (length < 0 || !_mac.Fits(
            SequenceNumber, contentType, recordVersion, plain.AsSpan(0, length), plain.AsSpan(length, _mac.Length)))
        {
            return new OpenedRecord(RecordStatus.MacWrong, contentType, plain, 0, 0, SequenceNumber);
        }
        return Unpadded(contentType, plain, length, length + _mac.Length);
    }

    private OpenedRecord CheckEncryptThenMac(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> fragment, byte[]? plain)
    {
        if (plain is not { Length: > 0 }) return Failed(RecordStatus.TooShort, contentType);
        var fits = _mac.Fits(
            SequenceNumber, contentType, recordVersion, Encrypted(fragment), fragment[^_mac.Length..]);
        if (!fits) return new OpenedRecord(RecordStatus.MacWrong, contentType, plain, 0, 0, SequenceNumber);

        var length = plain.Length - 1 - plain[^1];
        return length < 0
            ? new OpenedRecord(RecordStatus.PaddingMalformed, contentType, plain, plain[^1], 0, SequenceNumber)
            : Unpadded(contentType, plain, length, length);
    }

    // RFC 5246, Section 6.2.3.2: each octet of padding holds padding_length.
    // RFC 6101, Section 5.2.3.2: anything may stand there, but padding is shorter than a block.
    private OpenedRecord Unpadded(byte contentType, byte[] plain, int contentLength, int paddingAt)
    {
        var padding = plain[^1];
        var wellFormed = _version == ProtocolVersion.Ssl3
            ? padding < _block
            : !plain.AsSpan(paddingAt).ContainsAnyExcept(padding);
        return new OpenedRecord(
            wellFormed ? RecordStatus.Ok : RecordStatus.PaddingMalformed,
            contentType,
            plain.AsMemory(0, contentLength),
            padding,
            padding / _block,
            SequenceNumber);
    }

    private protected override byte[] SealNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> content, int extraPadding)
    {
        if (_encryptThenMac)
        {
            var covered = Encrypt(Padded(content, extraPadding));
            return [.. covered, .. _mac.Compute(SequenceNumber, contentType, recordVersion, covered)];
        }
        byte[] authenticated = [.. content, .. _mac.Compute(SequenceNumber, contentType, recordVersion, content)];
        return Encrypt(Padded(authenticated, extraPadding));
    }

    private byte[] Padded(ReadOnlySpan<byte> data, int extraBlocks)
    {
        var padding = _block - 1 - (data.Length % _block) + (extraBlocks * _block);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(padding, 255, nameof(extraBlocks));
        var padded = new byte[data.Length + padding + 1];
        data.CopyTo(padded);
        padded.AsSpan(data.Length).Fill((byte)padding);
        return padded;
    }

    private byte[]? Decrypt(ReadOnlySpan<byte> fragment)
    {
        if (fragment.Length % _block != 0 || fragment.Length < _block) return null;
        if (_chainedIv is null) return Decrypt(fragment[.._block], fragment[_block..]);

        var plain = Decrypt(_chainedIv, fragment);
        _chainedIv = fragment[^_block..].ToArray();
        return plain;
    }

    private byte[] Decrypt(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> encrypted)
    {
        _decryption ??= Engine(forEncryption: false);
        var plain = encrypted.ToArray();
        for (var at = 0; at < plain.Length; at += _block)
        {
            _decryption.ProcessBlock(plain, at, plain, at);
            Xor(plain.AsSpan(at, _block), previous);
            previous = encrypted.Slice(at, _block);
        }
        return plain;
    }

    private byte[] Encrypt(ReadOnlySpan<byte> padded)
    {
        if (_chainedIv is null)
        {
            var iv = SecureRandom.GetNextBytes(_random, _block);
            return [.. iv, .. Encrypt(iv, padded)];
        }
        var encrypted = Encrypt(_chainedIv, padded);
        _chainedIv = encrypted[^_block..];
        return encrypted;
    }

    private byte[] Encrypt(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> padded)
    {
        _encryption ??= Engine(forEncryption: true);
        var encrypted = padded.ToArray();
        for (var at = 0; at < encrypted.Length; at += _block)
        {
            Xor(encrypted.AsSpan(at, _block), previous);
            _encryption.ProcessBlock(encrypted, at, encrypted, at);
            previous = encrypted.AsSpan(at, _block);
        }
        return encrypted;
    }

    // Setting up a key costs as much as many blocks, so each direction of the cipher is set up once.
    private IBlockCipher Engine(bool forEncryption)
    {
        var engine = _newEngine();
        engine.Init(forEncryption, _key);
        return engine;
    }

    private static void Xor(Span<byte> block, ReadOnlySpan<byte> other)
    {
        for (var i = 0; i < block.Length; i++) block[i] ^= other[i];
    }
}

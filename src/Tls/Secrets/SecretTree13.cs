using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>The secrets of a TLS 1.3 handshake, from what both ends agreed on to the traffic secrets.</summary>
/// <remarks>RFC 8446, Section 7.1.</remarks>
internal sealed class SecretTree13
{
    private readonly string _hash;
    private byte[] _secret;

    /// <summary>The early secret.</summary>
    /// <param name="suite">The suite, whose hash is used.</param>
    /// <param name="preSharedKey">The pre-shared key; empty if there is none.</param>
    public SecretTree13(CipherSuiteInfo suite, ReadOnlySpan<byte> preSharedKey)
    {
        _hash = suite.PrfHash;
        _secret = Hkdf.Extract(_hash, [], OrZeros(preSharedKey));
    }

    /// <summary>Goes down a level: to the handshake secret with (EC)DHE, to the master secret with nothing.</summary>
    public void Mix(ReadOnlySpan<byte> input) =>
        _secret = Hkdf.Extract(_hash, Derive("derived", new Transcript()), OrZeros(input));

    /// <summary><c>Derive-Secret(secret of this level, label, transcript)</c>.</summary>
    public byte[] Derive(string label, Transcript transcript) =>
        Hkdf.ExpandLabel(_hash, _secret, label, transcript.Hash(_hash), Digests.Size(_hash));

    private ReadOnlySpan<byte> OrZeros(ReadOnlySpan<byte> input) =>
        input.IsEmpty ? new byte[Digests.Size(_hash)] : input;
}

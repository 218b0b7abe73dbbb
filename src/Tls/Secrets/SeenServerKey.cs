namespace TlsInterop.Tls.Secrets;

/// <summary>A public key that a server showed while RSA private keys were at hand.</summary>
/// <param name="Subject">Subject of its certificate, as the first server that showed it had it.</param>
/// <param name="Kind"><c>RSA 2048</c>, or the name of another kind of key.</param>
/// <param name="Fingerprint">SHA-256 of the SubjectPublicKeyInfo in lower case hexadecimal.</param>
/// <param name="HasPrivateKey">True if one of the private keys is its other half.</param>
/// <param name="RsaKeyExchanges">Handshakes whose premaster secret it encrypted.</param>
/// <param name="OtherKeyExchanges">Handshakes that no private key opens: (EC)DHE, where the key only signs.</param>
public sealed record SeenServerKey(
    string Subject, string Kind, string Fingerprint, bool HasPrivateKey, int RsaKeyExchanges, int OtherKeyExchanges);

using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Matrix;

/// <summary>The kind of public key in a certificate: it decides which suites can use it.</summary>
public enum CertificateKey { Rsa, Ecdsa }

/// <summary>A certificate that the test PKI makes for servers.</summary>
/// <param name="Name">Name in cell ids and matrices.</param>
/// <param name="Key">Kind of its public key.</param>
/// <param name="Meaning">What is in it, for the editor's schema and for messages.</param>
public sealed record CertificateProfile(string Name, CertificateKey Key, string Meaning)
{
    /// <summary>The profile that a cell has if it names none; it is left out of the cell's id.</summary>
    public const string Default = "rsa2048";

    /// <summary>Every profile that a matrix may name.</summary>
    public static readonly IReadOnlyList<CertificateProfile> All =
    [
        new(Default, CertificateKey.Rsa, "RSA key of 2048 bits, valid"),
        new("ecdsa-p256", CertificateKey.Ecdsa, "ECDSA key on secp256r1, valid"),
        new("expired", CertificateKey.Rsa, "as rsa2048, but its notAfter has passed"),
    ];

    /// <summary>The profile of a name, or null.</summary>
    public static CertificateProfile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);

    /// <summary>True if a suite can authenticate the server with this certificate.</summary>
    // RFC 8422, Section 2; RFC 5246, Section 7.4.2; TLS 1.3 leaves it to signature_algorithms:
    // RFC 8446, Section 4.4.2.2.
    public bool Fits(CipherSuiteInfo suite) => (suite.KeyExchange, suite.Authentication) switch
    {
        // Static (EC)DH would need a certificate that holds a key of that kind: no profile does.
        (KeyExchangeAlgorithm.Dh or KeyExchangeAlgorithm.Ecdh, _) => false,
        (_, AuthenticationAlgorithm.Tls13) => true,
        (_, AuthenticationAlgorithm.Rsa) => Key == CertificateKey.Rsa,
        (_, AuthenticationAlgorithm.Ecdsa) => Key == CertificateKey.Ecdsa,
        // No certificate is sent: only the default stands for "none".
        (_, AuthenticationAlgorithm.Anon or AuthenticationAlgorithm.Psk or AuthenticationAlgorithm.Null) =>
            Name == Default,
        _ => false,
    };
}

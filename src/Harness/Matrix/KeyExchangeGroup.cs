using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Matrix;

/// <summary>How a group agrees on a secret: it decides which key exchanges can use it.</summary>
public enum GroupFamily { Elliptic, FiniteField, Hybrid }

/// <summary>A named group that a matrix may force.</summary>
/// <param name="Name">Name in IANA's "TLS Supported Groups" registry.</param>
/// <param name="Family">Elliptic curve, finite field, or a hybrid with a key encapsulation.</param>
/// <param name="OldestVersion">The oldest version that may negotiate it.</param>
/// <param name="NewestVersion">The newest version that may negotiate it.</param>
public sealed record KeyExchangeGroup(
    string Name, GroupFamily Family, ProtocolVersion OldestVersion, ProtocolVersion NewestVersion)
{
    /// <summary>Every group that a matrix may name.</summary>
    // RFC 8422, Section 5.1.1; RFC 7919, Section 2; RFC 7027, Section 2; RFC 8446, Section 4.2.7 (TLS 1.3 drops the
    // brainpool and secp224r1 code points); RFC 8734, Section 2; draft-ietf-tls-ecdhe-mlkem, Section 5.
    public static readonly IReadOnlyList<KeyExchangeGroup> All =
    [
        Elliptic("secp224r1", ProtocolVersion.Tls12),
        Elliptic("secp256r1", ProtocolVersion.Tls13),
        Elliptic("secp384r1", ProtocolVersion.Tls13),
        Elliptic("secp521r1", ProtocolVersion.Tls13),
        Elliptic("x25519", ProtocolVersion.Tls13),
        Elliptic("x448", ProtocolVersion.Tls13),
        Elliptic("brainpoolP256r1", ProtocolVersion.Tls12),
        Elliptic("brainpoolP384r1", ProtocolVersion.Tls12),
        Elliptic("brainpoolP512r1", ProtocolVersion.Tls12),
        FiniteField("ffdhe2048"),
        FiniteField("ffdhe3072"),
        FiniteField("ffdhe4096"),
        FiniteField("ffdhe6144"),
        FiniteField("ffdhe8192"),
        Hybrid("X25519MLKEM768"),
        Hybrid("SecP256r1MLKEM768"),
        Hybrid("SecP384r1MLKEM1024"),
    ];

    /// <summary>The group of an IANA name, or null.</summary>
    public static KeyExchangeGroup? Find(string name) => All.FirstOrDefault(group => group.Name == name);

    /// <summary>True if a suite at a version can negotiate this group.</summary>
    public bool AppliesTo(CipherSuiteInfo suite, ProtocolVersion version) =>
        version >= OldestVersion && version <= NewestVersion && suite.KeyExchange switch
        {
            KeyExchangeAlgorithm.Tls13 => true,
            KeyExchangeAlgorithm.Ecdhe or KeyExchangeAlgorithm.EcdhePsk => Family == GroupFamily.Elliptic,
            KeyExchangeAlgorithm.Dhe or KeyExchangeAlgorithm.DhePsk => Family == GroupFamily.FiniteField,
            _ => false,
        };

    private static KeyExchangeGroup Elliptic(string name, ProtocolVersion newest) =>
        new(name, GroupFamily.Elliptic, ProtocolVersion.Tls10, newest);

    private static KeyExchangeGroup FiniteField(string name) =>
        new(name, GroupFamily.FiniteField, ProtocolVersion.Tls10, ProtocolVersion.Tls13);

    private static KeyExchangeGroup Hybrid(string name) =>
        new(name, GroupFamily.Hybrid, ProtocolVersion.Tls13, ProtocolVersion.Tls13);
}

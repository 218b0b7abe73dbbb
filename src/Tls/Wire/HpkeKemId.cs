namespace TlsInterop.Tls.Wire;

/// <summary>How HPKE encapsulates a key.</summary>
/// <remarks>IANA, "HPKE KEM Identifiers"; RFC 9180, Section 7.1.</remarks>
public readonly record struct HpkeKemId(ushort Code)
{
    public override string ToString() => Code switch
    {
        0x0010 => "DHKEM(P-256, HKDF-SHA256)",
        0x0011 => "DHKEM(P-384, HKDF-SHA384)",
        0x0012 => "DHKEM(P-521, HKDF-SHA512)",
        0x0013 => "DHKEM(CP-256, HKDF-SHA256)",
        0x0014 => "DHKEM(CP-384, HKDF-SHA384)",
        0x0015 => "DHKEM(CP-521, HKDF-SHA512)",
        0x0016 => "DHKEM(secp256k1, HKDF-SHA256)",
        0x0020 => "DHKEM(X25519, HKDF-SHA256)",
        0x0021 => "DHKEM(X448, HKDF-SHA512)",
        0x0030 => "X25519Kyber768Draft00",
        0x0040 => "ML-KEM-512",
        0x0041 => "ML-KEM-768",
        0x0042 => "ML-KEM-1024",
        0x647a => "X-Wing",
        _ => $"0x{Code:x4}",
    };
}

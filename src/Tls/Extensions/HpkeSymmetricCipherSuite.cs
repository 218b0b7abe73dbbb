using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>How a ClientHello is encrypted.</summary>
/// <param name="KdfId">Key derivation.</param>
/// <param name="AeadId">Encryption.</param>
/// <remarks>RFC 9849, Section 4.</remarks>
public readonly record struct HpkeSymmetricCipherSuite(HpkeKdfId KdfId, HpkeAeadId AeadId)
{
    internal static HpkeSymmetricCipherSuite Read(ref WireReader reader)
    {
        // struct { HpkeKdfId kdf_id; HpkeAeadId aead_id; } HpkeSymmetricCipherSuite;
        var kdfId = new HpkeKdfId(reader.U16("kdf_id"));
        var aeadId = new HpkeAeadId(reader.U16("aead_id"));
        return new(kdfId, aeadId);
    }

    internal void Write(WireWriter writer)
    {
        writer.U16(KdfId.Code);
        writer.U16(AeadId.Code);
    }

    public override string ToString() => $"{KdfId}/{AeadId}";
}

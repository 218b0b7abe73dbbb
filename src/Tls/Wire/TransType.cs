namespace TlsInterop.Tls.Wire;

/// <summary>What a transparency item is.</summary>
/// <remarks>RFC 9162, Section 4.4: VersionedTransType.</remarks>
public readonly record struct TransType(ushort Code)
{
    public override string ToString() => Code switch
    {
        0x0001 => "x509_entry_v2",
        0x0002 => "precert_entry_v2",
        0x0003 => "x509_sct_v2",
        0x0004 => "precert_sct_v2",
        0x0005 => "signed_tree_head_v2",
        0x0006 => "consistency_proof_v2",
        0x0007 => "inclusion_proof_v2",
        _ => $"0x{Code:x4}",
    };
}

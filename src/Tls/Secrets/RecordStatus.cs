namespace TlsInterop.Tls.Secrets;

/// <summary>What came of removing the protection of a record.</summary>
public enum RecordStatus : byte
{
    /// <summary>Fewer octets than the protection itself needs, or not a whole number of cipher blocks.</summary>
    TooShort,

    /// <summary>The AEAD tag does not fit: other keys, another sequence number, or changed bytes.</summary>
    TagWrong,

    /// <summary>The MAC does not fit: other keys, another sequence number, or changed bytes.</summary>
    MacWrong,

    /// <summary>
    /// The MAC fits but the padding breaks its rule (RFC 5246, Section 6.2.3.2), or TLS 1.3 content is all zeros.
    /// </summary>
    PaddingMalformed,

    /// <summary>
    /// The suite encrypts nothing, so the content is there; whether its MAC fits nobody can tell without the keys.
    /// </summary>
    Unverified,

    /// <summary>The record is authentic.</summary>
    Ok,
}

namespace TlsInterop.Tls.Wire;

/// <summary>A form of authorization data.</summary>
/// <remarks>RFC 5878, Section 2.3; RFC 6042 (KeyNote).</remarks>
public readonly record struct AuthzDataFormat(byte Code)
{
    public override string ToString() => Code switch
    {
        0 => "x509_attr_cert",
        1 => "saml_assertion",
        2 => "x509_attr_cert_url",
        3 => "saml_assertion_url",
        64 => "keynote_assertion_list",
        65 => "keynote_assertion_list_url",
        _ => $"0x{Code:x2}",
    };
}

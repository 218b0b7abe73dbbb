using System.Text;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>Names of ways to authenticate. A word in their place that is none of them may be a secret.</summary>
/// <remarks>IANA, SASL Mechanisms and HTTP Authentication Schemes; some that are in use without being there.</remarks>
internal static class Mechanisms
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "9798-M-DSA-SHA1", "9798-M-ECDSA-SHA1", "9798-M-RSA-SHA1-ENC", "9798-U-DSA-SHA1", "9798-U-ECDSA-SHA1",
        "9798-U-RSA-SHA1-ENC", "ANONYMOUS", "CRAM-MD5", "DIGEST-MD5", "EAP-AES128", "EAP-AES128-PLUS",
        "ECDH-X25519-CHALLENGE", "ECDSA-NIST256P-CHALLENGE", "EXTERNAL", "GS2-IAKERB", "GS2-IAKERB-PLUS", "GS2-KRB5",
        "GS2-KRB5-PLUS", "GSS-SPNEGO", "GSSAPI", "KERBEROS_V4", "KERBEROS_V5", "LOGIN", "NMAS-SAMBA-AUTH",
        "NMAS_AUTHEN", "NMAS_LOGIN", "NTLM", "OAUTH10A", "OAUTHBEARER", "OPENID20", "OTP", "PLAIN", "SAML20",
        "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-512",
        "SCRAM-SHA-512-PLUS", "SECURID", "SKEY", "SPNEGO", "SXOVER-PLUS", "XOAUTH", "XOAUTH2",
        "Basic", "Bearer", "Concealed", "Digest", "DPoP", "GNAP", "HOBA", "Mutual", "Negotiate", "OAuth",
        "PrivateToken", "vapid", "AWS4-HMAC-SHA256",
    };

    /// <summary>True for a mechanism, in quotes or not.</summary>
    public static bool Contains(ReadOnlySpan<byte> word) =>
        Names.Contains(Encoding.ASCII.GetString(word.Trim((byte)'"')));
}

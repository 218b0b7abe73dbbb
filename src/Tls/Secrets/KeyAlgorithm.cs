using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace TlsInterop.Tls.Secrets;

/// <summary>The algorithm of a public key; each Bouncy Castle has a property of another name for it.</summary>
/// <remarks>RFC 5280, Section 4.1.2.7.</remarks>
internal static class KeyAlgorithm
{
    // SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }
    public static AlgorithmIdentifier Of(SubjectPublicKeyInfo info) =>
        AlgorithmIdentifier.GetInstance(((Asn1Sequence)info.ToAsn1Object())[0]);
}

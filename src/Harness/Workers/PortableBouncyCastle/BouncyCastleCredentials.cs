using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Tls;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.X509;

namespace TlsInterop.Harness.Workers;

/// <summary>What a Bouncy Castle client signs with, where a server asks for its certificate.</summary>
internal static class BouncyCastleCredentials
{
    /// <summary>Reads a certificate and its key, of RSA or of ECDSA.</summary>
    /// <exception cref="TlsFatalAlert">The server takes no signature that the key can make.</exception>
    public static DefaultTlsSignerCredentials Read(
        CertificateFiles files, TlsContext context, CertificateRequest asked)
    {
        var chain = new X509CertificateParser().ReadCertificates(File.ReadAllBytes(files.Chain))
            .Cast<X509Certificate>().Select(certificate => certificate.CertificateStructure).ToArray();
        using var pem = File.OpenText(files.Key);
        var key = (Org.BouncyCastle.Crypto.AsymmetricKeyParameter)new PemReader(pem).ReadObject();
        var algorithm = key is ECPrivateKeyParameters ? SignatureAlgorithm.ecdsa : SignatureAlgorithm.rsa;
        // RFC 5246, Section 7.4.4: only TLS 1.2 has a list.
        var scheme = asked.SupportedSignatureAlgorithms?.Cast<SignatureAndHashAlgorithm>()
            .Where(offered => offered.Signature == algorithm && offered.Hash >= HashAlgorithm.sha256)
            .MinBy(offered => offered.Hash);
        if (asked.SupportedSignatureAlgorithms is not null && scheme is null)
            throw new TlsFatalAlert(AlertDescription.handshake_failure);
        return new DefaultTlsSignerCredentials(context, new Certificate(chain), key, scheme);
    }
}

using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace TlsInterop.Harness.Tests.Workers;

internal sealed partial class BouncyCastleServer
{
    private static partial TlsServerProtocol Accept(Stream transport, TestChain chain, ProtocolVersion version)
    {
        var protocol = new TlsServerProtocol(transport);
        protocol.Accept(new Server(new BcTlsCrypto(new SecureRandom()), chain, version));
        return protocol;
    }

    private sealed class Server(BcTlsCrypto primitives, TestChain chain, ProtocolVersion version)
        : DefaultTlsServer(primitives)
    {
        private readonly byte[] _key = chain.Leaf.GetRSAPrivateKey()!.ExportPkcs8PrivateKey();
        private readonly Certificate _chain = new([primitives.CreateCertificate(chain.Leaf.RawData)]);

        protected override ProtocolVersion[] GetSupportedVersions() => version.Only();

        protected override int[] GetSupportedCipherSuites() =>
        [
            CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
            CipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA,
        ];

        // RFC 5246, Section 7.4.1.4.1: before TLS 1.2 there is no scheme to tell.
        protected override TlsCredentialedSigner GetRsaSignerCredentials() => new BcDefaultTlsCredentialedSigner(
            new TlsCryptoParameters(m_context), primitives, PrivateKeyFactory.CreateKey(_key), _chain,
            TlsUtilities.IsTlsV12(m_context)
                ? new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa)
                : null);

        protected override TlsCredentialedDecryptor GetRsaEncryptionCredentials() =>
            new BcDefaultTlsCredentialedDecryptor(primitives, _chain, PrivateKeyFactory.CreateKey(_key));
    }
}

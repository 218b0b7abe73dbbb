using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Tls;
using Org.BouncyCastle.Security;

namespace TlsInterop.Harness.Tests.Workers;

internal sealed partial class BouncyCastleServer
{
    private static partial TlsServerProtocol Accept(Stream transport, TestChain chain, ProtocolVersion version)
    {
        var protocol = new TlsServerProtocol(transport, new SecureRandom());
        protocol.Accept(new Server(chain, version));
        return protocol;
    }

    private sealed class Server(TestChain chain, ProtocolVersion version) : DefaultTlsServer
    {
        private readonly byte[] _key = chain.Leaf.GetRSAPrivateKey()!.ExportPkcs8PrivateKey();
        private readonly Certificate _chain = new([X509CertificateStructure.GetInstance(chain.Leaf.RawData)]);

        protected override ProtocolVersion MaximumVersion => version;

        protected override ProtocolVersion MinimumVersion => version;

        protected override int[] GetCipherSuites() =>
        [
            CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
            CipherSuite.TLS_DHE_RSA_WITH_AES_128_CBC_SHA,
        ];

        protected override TlsSignerCredentials GetRsaSignerCredentials() => new DefaultTlsSignerCredentials(
            mContext, _chain, PrivateKeyFactory.CreateKey(_key),
            new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa));

        protected override TlsEncryptionCredentials GetRsaEncryptionCredentials() =>
            new DefaultTlsEncryptionCredentials(mContext, _chain, PrivateKeyFactory.CreateKey(_key));
    }
}

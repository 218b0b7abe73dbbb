using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Tls;
using Org.BouncyCastle.Security;

namespace TlsInterop.Harness.Tests.Workers;

/// <summary>
/// An echo server of one version for one connection, old versions too: this process' OpenSSL has those switched off.
/// </summary>
internal sealed class BouncyCastleServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Task _serving;

    public BouncyCastleServer(TestChain chain, ProtocolVersion version)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _serving = Task.Run(() => Serve(chain, version));
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private void Serve(TestChain chain, ProtocolVersion version)
    {
        try
        {
            using var transport = new NetworkStream(_listener.Accept(), ownsSocket: true);
            var protocol = new TlsServerProtocol(transport, new SecureRandom());
            protocol.Accept(new Server(chain, version));
            var buffer = new byte[4096];
            int read;
            while ((read = protocol.Stream.Read(buffer, 0, buffer.Length)) > 0) protocol.Stream.Write(buffer, 0, read);
            protocol.Close();
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            // The client's answer tells that it failed, and how.
        }
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

using System.Collections;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Tls;
using Org.BouncyCastle.Security;
using CertificateRequest = System.Security.Cryptography.X509Certificates.CertificateRequest;
using HashAlgorithm = Org.BouncyCastle.Crypto.Tls.HashAlgorithm;

namespace TlsInterop.Harness.Workers;

/// <summary>
/// Finds out which suites Bouncy Castle completes a handshake with, in memory, against its own server.
/// </summary>
/// <remarks>
/// Its client offers any number it is given: only a handshake shows what it can do. Tried at TLS 1.2, where every suite
/// that it knows is allowed; an older version takes those that are older than TLS 1.2, by Bouncy Castle's own rule.
/// Suites whose server needs a key of a rare kind (DSS, static DH and ECDH) or none (PSK, SRP) are not found.
/// </remarks>
internal static class BouncyCastleProbe
{
    private static readonly ConcurrentDictionary<ushort, bool> Completed = new();

    // The suite is on trial here, not the group: 768 bits make the whole probe seven times as fast as 2048 would.
    private static readonly DefaultTlsDHVerifier AnySmallGroup =
        new(new ArrayList { DHStandardGroups.rfc2409_768 }, 768);
    private static readonly Lazy<Credentials> Rsa = new(static () => Credentials.CreateRsa());
    private static readonly Lazy<Credentials> ECDsa = new(static () => Credentials.CreateECDsa());

    /// <summary>True if a handshake with the suite completes.</summary>
    public static bool Completes(ushort suite, ProtocolVersion version) =>
        TlsUtilities.IsValidCipherSuiteForVersion(suite, version)
            && Completed.GetOrAdd(suite, static code => Handshake(code));

    private static bool Handshake(ushort suite)
    {
        // RFC 5246, Appendix A.5: must not be negotiated
        if (suite is CipherSuite.TLS_NULL_WITH_NULL_NULL) return false;
        var random = new SecureRandom();
        var client = new TlsClientProtocol(random);
        var server = new TlsServerProtocol(random);
        var peer = new BouncyCastleClient(
            ProtocolVersion.TLSv12, suite, null, "localhost", static _ => { }, AnySmallGroup);
        try
        {
            server.Accept(new Server(suite));
            client.Connect(peer);
            while (!peer.IsComplete)
            {
                if (Carry(client, server) + Carry(server, client) == 0) return false;
            }
            return true;
        }
        catch (Exception fault) when (
            fault is IOException or InvalidOperationException or ArgumentException or GeneralSecurityException)
        {
            return false;
        }
    }

    private static int Carry(TlsProtocol from, TlsProtocol to)
    {
        var records = new byte[from.GetAvailableOutputBytes()];
        if (records.Length == 0) return 0;
        from.ReadOutput(records, 0, records.Length);
        to.OfferInput(records);
        return records.Length;
    }

    private sealed class Server(ushort suite) : DefaultTlsServer
    {
        protected override ProtocolVersion MaximumVersion => ProtocolVersion.TLSv12;

        protected override int[] GetCipherSuites() => [suite];

        protected override DHParameters GetDHParameters() => DHStandardGroups.rfc2409_768;

        protected override TlsSignerCredentials GetRsaSignerCredentials() =>
            Rsa.Value.Signer(mContext, SignatureAlgorithm.rsa);

        protected override TlsSignerCredentials GetECDsaSignerCredentials() =>
            ECDsa.Value.Signer(mContext, SignatureAlgorithm.ecdsa);

        protected override TlsEncryptionCredentials GetRsaEncryptionCredentials() => Rsa.Value.Decrypter(mContext);
    }

    private sealed record Credentials(Certificate Chain, byte[] PrivateKey)
    {
        public static Credentials CreateRsa()
        {
            using var key = RSA.Create(2048);
            return Create(new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                key.ExportPkcs8PrivateKey());
        }

        public static Credentials CreateECDsa()
        {
            using var key = System.Security.Cryptography.ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return Create(new("CN=localhost", key, HashAlgorithmName.SHA256), key.ExportPkcs8PrivateKey());
        }

        public DefaultTlsSignerCredentials Signer(TlsContext context, byte algorithm) => new(
            context, Chain, PrivateKeyFactory.CreateKey(PrivateKey),
            new SignatureAndHashAlgorithm(HashAlgorithm.sha256, algorithm));

        public DefaultTlsEncryptionCredentials Decrypter(TlsContext context) =>
            new(context, Chain, PrivateKeyFactory.CreateKey(PrivateKey));

        private static Credentials Create(CertificateRequest request, byte[] privateKey)
        {
            using var certificate =
                request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            return new(new Certificate([X509CertificateStructure.GetInstance(certificate.RawData)]), privateKey);
        }
    }
}

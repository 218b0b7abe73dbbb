using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Verification.Certificates;

/// <summary>RFC 7250: a message of the name Certificate may hold a bare key.</summary>
public sealed class CertificateTypeTests
{
    [TestCase(0, true, Description = "X.509")]
    [TestCase(2, false, Description = "RawPublicKey")]
    public void A_bare_key_is_no_unreadable_certificate(byte type, bool isUnreadable)
    {
        var evidence = SessionEvidence.With(
            ChainEvidence.Of(ChainEvidence.Tls12, "tlsinterop.test", new byte[100]),
            item => item.Message.Body is ServerHello hello
                ? hello.With(ExtensionType.ServerCertificateType, type)
                : null);

        Assert.That(evidence.Connection.Facts.HasUnreadableCertificate, Is.EqualTo(isUnreadable));
    }
}

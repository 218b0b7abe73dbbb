using TlsInterop.Tls.Messages;

namespace TlsInterop.Tls.Tests.Messages;

/// <summary>Certificates that come again and again.</summary>
internal sealed class RecentCertificatesTests
{
    [Test]
    public void The_same_octets_at_another_place_are_the_same_certificate()
    {
        var once = RecentCertificates.Read(CertificateSample.Leaf);
        var again = RecentCertificates.Read(((byte[])[0, .. CertificateSample.Leaf]).AsMemory(1));

        Assert.That(again, Is.Not.Null.And.SameAs(once));
    }

    [Test]
    public void One_changed_octet_makes_another_certificate()
    {
        var changed = CertificateSample.Leaf;
        changed[^1] ^= 1;

        Assert.That(RecentCertificates.Read(changed)!.Signature.Span[^1], Is.EqualTo(changed[^1]));
        Assert.That(RecentCertificates.Read(CertificateSample.Leaf)!.Signature.Span[^1], Is.Not.EqualTo(changed[^1]));
    }

    [Test]
    public void What_is_no_certificate_stays_none() =>
        Assert.That(RecentCertificates.Read(CertificateSample.Leaf.AsMemory(1)), Is.Null);

    [Test]
    public void More_certificates_than_are_kept_are_read_all_the_same()
    {
        for (var i = 0; i < 1000; i++)
        {
            var changed = CertificateSample.Leaf;
            (changed[^1], changed[^2]) = ((byte)i, (byte)(i >> 8));
            Assert.That(RecentCertificates.Read(changed)!.Signature.Span[^2..].ToArray(), Is.EqualTo(changed[^2..]));
        }
    }
}

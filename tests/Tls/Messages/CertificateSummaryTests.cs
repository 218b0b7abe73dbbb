using System.Net;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Messages;

public sealed class CertificateSummaryTests
{
    private static readonly CertificateSummary Leaf = CertificateSummary.TryRead(CertificateSample.Leaf)!;
    private static readonly CertificateSummary Root = CertificateSummary.TryRead(CertificateSample.Root)!;

    [Test]
    public void Names_are_written_as_RFC_4514_has_it()
    {
        Assert.That(Leaf.Subject, Is.EqualTo("CN=Bücher \\\"mail\\\"+OU=Mail,O=Sample"));
        Assert.That(Leaf.Issuer, Is.EqualTo("C=DE,O=Sample\\, Inc.,CN=Sample Root"));
        Assert.That((Leaf.CommonName, Leaf.IssuerCommonName), Is.EqualTo(("Bücher \"mail\"", "Sample Root")));
        Assert.That((Leaf.IsSelfIssued, Root.IsSelfIssued), Is.EqualTo((false, true)));
        Assert.That(Leaf.IssuerName.Span.SequenceEqual(Root.SubjectName.Span));
    }

    [Test]
    public void Validity_is_in_UTC_whichever_form_of_time_it_has()
    {
        Assert.That(Leaf.NotBefore, Is.EqualTo(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero))); // UTCTime
        // GeneralizedTime
        Assert.That(Leaf.NotAfter, Is.EqualTo(new DateTimeOffset(2051, 1, 2, 3, 4, 5, TimeSpan.Zero)));
    }

    [Test]
    public void Key_signature_and_serial_number_are_named()
    {
        Assert.That((Leaf.Key, Leaf.SignatureAlgorithm), Is.EqualTo(("rsa2048", "ecdsaWithSha256")));
        Assert.That((Root.Key, Root.PublicKey), Is.EqualTo(("ecdsa-p256", new CertificateKey("ecdsa", "p256", 256))));
        Assert.That(Leaf.SerialNumber, Is.EqualTo("7bdf640da1cf93a7df465201349b4e2af73eb142"));
        Assert.That((Leaf.Version, Root.SerialNumber), Is.EqualTo((3, "01")));
    }

    [Test]
    public void Alternative_names_are_sorted_by_kind()
    {
        Assert.That(Leaf.DnsNames, Is.EqualTo((string[])["mail.sample.test", "*.sample.test"]));
        Assert.That(
            Leaf.IpAddresses, Is.EqualTo((IPAddress[])[IPAddress.Parse("192.0.2.7"), IPAddress.Parse("2001:db8::7")]));
        Assert.That(Leaf.MailAddresses, Is.EqualTo((string[])["postmaster@sample.test"]));
        Assert.That(Root.DnsNames, Is.Empty);
    }

    [Test]
    public void Usages_and_constraints_are_null_where_the_certificate_is_silent()
    {
        const CertificateKeyUsage LeafUsage =
            CertificateKeyUsage.DigitalSignature | CertificateKeyUsage.KeyEncipherment;
        Assert.That((Leaf.KeyUsage, Leaf.IsCa, Leaf.PathLength), Is.EqualTo((LeafUsage, (bool?)false, (int?)null)));
        Assert.That(Leaf.ExtendedKeyUsage, Is.EqualTo((string[])["serverAuth", "clientAuth", "1.2.3.4"]));
        Assert.That((Root.IsCa, Root.PathLength), Is.EqualTo(((bool?)true, (int?)1)));
        Assert.That(Root.KeyUsage, Is.EqualTo(CertificateKeyUsage.KeyCertSign | CertificateKeyUsage.CrlSign));
        Assert.That(Root.ExtendedKeyUsage, Is.Null);
        Assert.That(Leaf.TlsFeatures, Is.EqualTo((ExtensionType[])[ExtensionType.StatusRequest]));
        Assert.That(Leaf.SignedCertificateTimestampList, Is.Null);
        Assert.That(Leaf.Extensions.Count(extension => extension.IsCritical), Is.EqualTo(2));
    }

    [Test]
    public void Key_identifiers_link_a_certificate_to_its_issuer()
    {
        Assert.That(Leaf.AuthorityKeyIdentifier!.Value.Span.SequenceEqual(Root.SubjectKeyIdentifier!.Value.Span));
        Assert.That(Convert.ToHexString(Leaf.SubjectKeyIdentifier!.Value.Span), Does.StartWith("DE1E7CE9"));
        Assert.That(Root.AuthorityKeyIdentifier, Is.Null);
    }

    [Test]
    public void Every_prefix_is_no_certificate_and_no_exception()
    {
        var leaf = CertificateSample.Leaf;
        for (var length = 0; length < leaf.Length; length++)
            if (CertificateSummary.TryRead(leaf.AsMemory(0, length)) is not null) Assert.Fail($"{length} octets");
    }

    [Test]
    public void A_changed_octet_never_throws_whatever_is_asked()
    {
        var read = 0;
        foreach (var original in (byte[][])[CertificateSample.Leaf, CertificateSample.Root])
        {
            foreach (var value in (byte[])[0x00, 0x30, 0x7f, 0x80, 0x84, 0xff])
            {
                for (var i = 0; i < original.Length; i++)
                {
                    var bytes = original.ToArray();
                    bytes[i] = value;
                    if (CertificateSummary.TryRead(bytes) is not { } summary) continue;
                    read++;
                    foreach (var property in typeof(CertificateSummary).GetProperties()) _ = property.GetValue(summary);
                }
            }
        }
        Assert.That(read, Is.GreaterThan(1000));
    }

    [Test]
    public void Reading_costs_little_however_many_handshakes_bring_the_same_chain()
    {
        var leaf = CertificateSample.Leaf;
        for (var i = 0; i < 100; i++) _ = CertificateSummary.TryRead(leaf);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++) _ = CertificateSummary.TryRead(leaf);

        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, Is.LessThan(500));
    }
}

using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Messages.CheckedMessage;

namespace TlsInterop.Tls.Tests.Messages;

public sealed class OcspResponseTests
{
    private static readonly MessageContext Tls12 = Context(ProtocolVersion.Tls12, "ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    private static readonly DateTimeOffset ThisUpdate = new(2026, 11, 22, 6, 4, 2, TimeSpan.Zero);

    [Test]
    public void A_stapled_response_says_which_certificate_is_good_and_for_how_long()
    {
        var status = CheckedMessage.Read<CertificateStatus>(
            HandshakeType.CertificateStatus, [1, .. Vector24(CertificateSample.OcspGood)], Tls12);

        var response = status.OcspResponses.Single()!;
        Assert.That(response.ToString(), Is.EqualTo("successful: good"));
        Assert.That((response.ProducedAt, response.IsComplete), Is.EqualTo(((DateTimeOffset?)ThisUpdate, true)));
        Assert.That(response.Responses, Is.EqualTo((OcspSingleResponse[])
        [
            new("7bdf640da1cf93a7df465201349b4e2af73eb142", "good", RevocationTime: null, RevocationReason: null,
                ThisUpdate, ThisUpdate.AddDays(7)),
        ]));
    }

    [Test]
    public void A_revoked_certificate_is_told_with_time_and_reason()
    {
        var single = OcspResponseSummary.TryRead(CertificateSample.OcspRevoked)!.Responses.Single();

        Assert.That(single.CertStatus, Is.EqualTo("revoked"));
        Assert.That(single.RevocationTime, Is.EqualTo(new DateTimeOffset(2024, 3, 1, 12, 0, 0, TimeSpan.Zero)));
        Assert.That(single.RevocationReason, Is.EqualTo(1));
    }

    [Test]
    public void A_list_of_responses_may_leave_certificates_out()
    {
        byte[] list = [.. Vector24(CertificateSample.OcspGood), .. Vector24(),
            .. Vector24(CertificateSample.OcspRevoked)];

        var status = CheckedMessage.Read<CertificateStatus>(
            HandshakeType.CertificateStatus, [2, .. Vector24(list)], Tls12);

        Assert.That(
            status.OcspResponses.Select(response => response?.ToString()),
            Is.EqualTo((string?[])["successful: good", null, "successful: revoked"]));
    }

    [TestCase(3, "tryLater")]
    [TestCase(6, "unauthorized")]
    [TestCase(4, "0x04")]
    public void A_responder_that_does_not_answer_says_why(byte code, string name)
    {
        var response = OcspResponseSummary.TryRead(new byte[] { 0x30, 3, 0x0a, 1, code })!;

        Assert.That((response.ToString(), response.IsComplete), Is.EqualTo((name, true)));
    }

    [Test]
    public void No_prefix_and_no_changed_octet_throws()
    {
        var read = 0;
        foreach (var original in (byte[][])[CertificateSample.OcspGood, CertificateSample.OcspRevoked])
        {
            for (var i = 0; i < original.Length; i++)
            {
                Assert.That(OcspResponseSummary.TryRead(original.AsMemory(0, i)), Is.Null);
                foreach (var value in (byte[])[0x00, 0x30, 0x7f, 0x80, 0xff])
                {
                    var bytes = original.ToArray();
                    bytes[i] = value;
                    if (OcspResponseSummary.TryRead(bytes) is not null) read++;
                }
            }
        }
        Assert.That(read, Is.GreaterThan(1000));
    }
}

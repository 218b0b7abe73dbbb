using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Reports;

public sealed class CertificateTableTests
{
    [Test]
    public void A_fault_is_followed_by_what_each_client_did_and_equal_versions_share_a_line()
    {
        var refused = new CertificateAnswer
        {
            Reaction = CertificateReaction.Alerted, Alert = "certificate_expired", Fit = AlertFit.Exact,
            Words = "1: it has expired", WordsFit = true,
        };
        var left = new CertificateAnswer { Reaction = CertificateReaction.Left, Words = "" };
        var accepted = new CertificateAnswer { Reaction = CertificateReaction.Accepted, Words = "" };

        var lines = CertificateTable.Of(
        [
            Result("openssl@trixie", "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-expired", refused),
            Result(
                "openssl@trixie", "tls1.3-AES_128_GCM_SHA256-expired", refused with { Words = "23: it has expired" }),
            Result("stunnel@trixie", "tls1.3-AES_128_GCM_SHA256-expired", left, exitCode: 0),
            Result("go@sid", "tls1.3-AES_128_GCM_SHA256-expired", left),
            Result("go@sid", "tls1.3-AES_128_GCM_SHA256-sha1", accepted),
            Result("go@sid", "tls1.3-AES_128_GCM_SHA256", null),
        ]).Select(line => line.ToString());

        Assert.That(lines, Is.EqualTo((string[])
        [
            "What clients do with a certificate that has a fault, and whether that fits",
            "",
            "expired: a certificate whose notAfter has passed (RFC 5280, Section 6.1.3): a client must refuse it",
            "  go@sid          tls1.3         left without an alert            exit 7, no words",
            "  openssl@trixie  tls1.2 tls1.3  alert certificate_expired: fits  exit 7, words fit: 1: it has expired",
            "  stunnel@trixie  tls1.3         left without an alert            exit 0 as if all were well, no words",
            "",
            "sha1: a certificate that is signed with SHA-1 (RFC 8446, Section 4.4.2.4): a client may accept it",
            "  go@sid  tls1.3  accepted  exit 7",
        ]));
    }

    [Test]
    public void Without_a_fault_there_is_no_table() =>
        Assert.That(CertificateTable.Of([Result("go@sid", "tls1.3-AES_128_GCM_SHA256", null)]), Is.Empty);

    private static CellResult Result(
        string client, string parameters, CertificateAnswer? answer, int exitCode = 7) => new()
    {
        Cell = $"openssl@trixie/{client}/echo/{parameters}", Verdict = Verdict.Pass, Certificate = answer,
        ClientExitCode = exitCode,
    };
}

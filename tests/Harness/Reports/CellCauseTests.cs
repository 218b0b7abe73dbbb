using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Diagnosis.Logs;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Reports;

public sealed class CellCauseTests
{
    private const string Expired =
        "exim@bookworm/gnutls@trixie/smtps/tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-expired";

    [Test]
    public void The_fault_that_a_certificate_is_made_with_is_no_cause()
    {
        var result = Red(Expired, "certificate-expired");

        Assert.That(CellCause.Of(result), Is.Null);
        Assert.That(CellCause.WantedOf(result), Is.EqualTo(result.Diagnosis));
    }

    [TestCase(Expired, "unknown-authority")]
    [TestCase(TestCells.Third, "certificate-expired")]
    public void Another_fault_is_one(string cell, string cause)
    {
        var result = Red(cell, cause);

        Assert.That(CellCause.Of(result), Is.EqualTo(result.Diagnosis));
        Assert.That(CellCause.WantedOf(result), Is.Null);
    }

    [Test]
    public void What_ended_as_it_should_is_not_red_for_its_refusal() => Assert.That(
        CellCause.Of(Red(TestCells.Third, "client-certificate-refused") with { Verdict = Verdict.Pass }), Is.Null);

    [Test]
    public void Every_certificate_with_a_fault_has_a_row_and_every_row_names_a_cause_that_there_is()
    {
        var rules = DiagnosisRules.All.Select(rule => rule.Id)
            .Concat(LogPatterns.All.SelectMany(pattern => pattern.Causes)).ToHashSet();

        Assert.That(CellCause.Wanted.Where(row => !rules.Contains(row.Cause)), Is.Empty);
        Assert.That(CertificateProfile.All.Where(profile => profile.Fault is not null).Select(profile => profile.Name),
            Is.SubsetOf(CellCause.Wanted.Select(row => row.Of)));
    }

    private static CellResult Red(string cell, string cause)
    {
        Assert.That(CellId.TryParse(cell, out _, out var problem), Is.True, problem);
        return TestCells.Failed(cell) with { Diagnosis = new CellDiagnosis(cause, "what was found", 90) };
    }
}

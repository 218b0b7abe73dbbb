using TlsInterop.Harness.Cases;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Cases;

public sealed class ReportedCasesTests
{
    private CaseFolder _cases = null!;

    [SetUp]
    public void SetUp() => _cases = new();

    [TearDown]
    public void TearDown() => _cases.Dispose();

    [Test]
    public void Wrong_word_of_a_profile_is_told_with_its_line_and_the_word_that_was_meant()
    {
        _cases.Write(
            "one", profile: "description: d\nreactions:\n  - { to: expird-certificate, with: certificate_expired }\n");

        Assert.That(Problems(), Does.Contain("profile.yaml:3:").And.Contain("did you mean 'expired-certificate'?"));
    }

    [Test]
    public void Diagnosis_that_no_rule_has_is_told_with_its_line_and_the_one_that_was_meant()
    {
        _cases.Write("one", more: "    diagnosis: certificate-expird\n");

        Assert.That(Problems(), Does.Contain("case.yaml:6:").And.Contain("did you mean 'certificate-expired'?"));
    }

    [Test]
    public void Folder_without_its_file_is_told_beside_what_is_wrong_with_others()
    {
        _cases.Write("one", more: "    diagnosis: none-such\n");
        Directory.CreateDirectory(Path.Combine(_cases.Path, "two"));

        Assert.That(Problems(), Does.Contain(Path.Combine("two", "case.yaml") + ": there is no such file")
            .And.Contain("none-such"));
    }

    [Test]
    public void Half_written_folder_is_left_alone()
    {
        _cases.Write("b", profile: "description: d\n");
        _cases.Write("a", profile: "description: d\n");
        _cases.Write(".a.0f0f", more: "    diagnosis: none-such\n", profile: "wrong: w\n");

        Assert.That(ReportedCases.Load(_cases.Path).All.Select(made => made.Id), Is.EqualTo((string[])["a", "b"]));
        Assert.That(ReportedCases.ProfilesIn(_cases.Path).Keys, Is.EqualTo((string[])["a", "b"]));
    }

    [Test]
    public void Cases_of_the_repository_are_in_order() =>
        Assert.That(ReportedCases.Load(RepositoryFiles.Find("tests/Interop/Cases")).All, Is.Not.Empty);

    private string Problems() =>
        Assert.Throws<MatrixException>(() => ReportedCases.Load(_cases.Path))!.Message;
}

using TlsInterop.Harness.Cases;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Tests.Import;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Tests.Cases;

/// <summary>What is said of a case that was made of a report whose client sent unknown_ca at the certificate.</summary>
public sealed class NewCaseAnswerTests
{
    private const string UnknownCa = "ssldump-1.4-A-unknown-ca.txt";

    [Test]
    public void Case_that_passes_says_loudly_that_it_is_not_what_was_reported_and_what_to_try()
    {
        var answer = new NewCaseAnswer(Case(UnknownCa), TestCells.Passed(CaseFolder.Cell));

        Assert.That(answer.IsReproduced, Is.False);
        var text = string.Join('\n', answer.Warnings());
        Assert.That(text, Does.StartWith("NOT REPRODUCED"));
        Assert.That(text, Does.Contain("the client sent the alert unknown_ca (48) after ServerHelloDone"));
        Assert.That(text, Does.Contain("here      it passes"));
        Assert.That(text, Does.Contain(
            "--certificate missing-intermediate --reaction missing-intermediate=unknown_ca"));
        Assert.That(text, Does.Contain("rm -r tests/Interop/Cases/phone"));
    }

    [Test]
    public void Case_that_passes_does_not_claim_a_failure()
    {
        using var cases = new CaseFolder();
        var made = Case(UnknownCa);
        var folder = CaseWriter.Write(made, cases.Path);

        CaseWriter.Note(made, folder, TestCells.Passed(made.Cell.Id));

        var read = CaseFile.Read(folder);
        Assert.That(read.Title, Does.Contain("gets on with openssl@trixie").And.Not.Contain("fails"));
        Assert.That(read.Cells.Single().Shows, Does.StartWith("not what was reported").And.EndWith("it passes"));
        Assert.That(File.ReadAllText(Path.Combine(folder, CaseFile.ReadmeName)), Does.StartWith($"# {read.Title}\n"));
    }

    [Test]
    public void Case_that_fails_as_reported_is_that_and_needs_no_warning()
    {
        var failed = Failed("unknown_ca", Direction.ClientToServer);
        var refused = TestCells.Passed(CaseFolder.Cell) with
        {
            Refusal = new("unknown_ca", Direction.ClientToServer, "Certificate"),
        };

        foreach (var answer in new[] { failed, refused }.Select(result => new NewCaseAnswer(Case(UnknownCa), result)))
        {
            Assert.That(answer.IsReproduced);
            Assert.That(answer.Warnings(), Is.Empty);
            Assert.That(answer.Confirmation, Does.StartWith("the client sent the alert unknown_ca (48)"));
            Assert.That(answer.Title, Is.EqualTo("phone: a client fails against openssl@trixie"));
        }
    }

    [TestCase("unknown_ca", Direction.ServerToClient)]
    [TestCase("handshake_failure", Direction.ClientToServer)]
    [TestCase("none", Direction.ClientToServer)]
    public void Case_that_fails_otherwise_is_not_what_was_reported(string alert, Direction from)
    {
        var answer = new NewCaseAnswer(Case(UnknownCa), Failed(alert, from));

        Assert.That(answer.IsReproduced, Is.False);
        Assert.That(answer.Title, Does.Contain("otherwise than it was reported"));
        Assert.That(answer.Warnings(), Has.Some.StartsWith("here ").And.Some.StartsWith("try "));
    }

    [Test]
    public void Closing_behind_the_handshake_is_not_closing_at_the_certificate()
    {
        var imported = Sample.Import("ssldump-1.4-A-unknown-ca.txt");
        var closed = new ReportedEnding("", FailureSignature.NoAlert, Direction.ClientToServer, IsLate: false);

        Assert.That(ReportedEnding.Of(imported)!.IsLate, Is.False);
        Assert.That(closed.IsLike(new("none", Direction.ClientToServer, "ServerHelloDone")));
        Assert.That(closed.IsLike(new("none", Direction.ClientToServer, "Finished")), Is.False);
    }

    [Test]
    public void Report_that_does_not_tell_how_it_ended_is_reproduced_by_any_failure_and_by_no_success()
    {
        var made = Case("hello-record.xxd.txt");

        Assert.That(new NewCaseAnswer(made, Failed("unknown_ca", Direction.ClientToServer)).IsReproduced);
        Assert.That(new NewCaseAnswer(made, TestCells.Passed(CaseFolder.Cell)).Warnings(),
            Has.Some.Contains("the report does not tell how the connection failed"));
    }

    [Test]
    public void Case_of_half_a_hello_says_so_though_it_was_not_run() =>
        Assert.That(new NewCaseAnswer(Case("hello-record-cut.xxd.txt"), result: null).Warnings(),
            Has.Some.Match("INCOMPLETE: 159 of 320 octets of the ClientHello"));

    private static CellResult Failed(string alert, Direction from) =>
        TestCells.Failed(CaseFolder.Cell) with { Alert = alert, From = from, After = "Certificate" };

    private static NewCase Case(string sample) => new()
    {
        Id = "phone",
        Report = Sample.At(sample),
        Imported = Sample.Import(sample),
        Server = new EndpointReference("openssl", "trixie"),
        Scenario = "echo",
        Certificate = "rsa2048",
    };
}

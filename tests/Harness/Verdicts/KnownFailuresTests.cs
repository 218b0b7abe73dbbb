using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Matrix;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Tests.Verdicts;

internal sealed class KnownFailuresTests
{
    private const string Good = """
        failures:
          - cells: exim@bullseye/openssl@*/**
            reason: it finds no group
            link: https://bugs.debian.org/390712
            signature: { alert: handshake_failure, direction: server-to-client, after: ClientHello }
            expires: 2027-06-30
        """;

    private static readonly DateOnly LastDay = new(2027, 6, 30);
    private static readonly FailureSignature Pinned =
        new("handshake_failure", Direction.ServerToClient, "ClientHello", "the server gave up");

    [Test]
    public void A_failure_as_pinned_is_expected_until_the_last_day()
    {
        var known = KnownFailures.Parse(Good, "k.yaml");
        var cell = Cell("exim@bullseye/openssl@trixie/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256");

        var inTime = known.Judge(cell, Pinned, LastDay);
        Assert.That(inTime.Kind, Is.EqualTo(ExpectationKind.ExpectedFailure));
        Assert.That(inTime.IsRed, Is.False);
        Assert.That(inTime.Entry!.Link, Is.EqualTo(new Uri("https://bugs.debian.org/390712")));

        var late = known.Judge(cell, Pinned, LastDay.AddDays(1));
        Assert.That(late.Kind, Is.EqualTo(ExpectationKind.ExpiredFailure));
        Assert.That(late.IsRed, Is.True);
        Assert.That(late.Explanation,
            Is.EqualTo("the entry at k.yaml:2:5 counted until 2027-06-30: it finds no group"));
    }

    [TestCase("internal_error", Direction.ServerToClient, "ClientHello",
        "Expected alert 'handshake_failure'. Got: 'internal_error'")]
    [TestCase(null, Direction.ServerToClient, "ClientHello", "Expected alert 'handshake_failure'. Got: none")]
    [TestCase("handshake_failure", Direction.ClientToServer, "ClientHello",
        "Expected direction 'server-to-client'. Got: 'client-to-server'")]
    [TestCase("handshake_failure", Direction.ServerToClient, "ServerHello",
        "Expected after 'ClientHello'. Got: 'ServerHello'")]
    public void A_failure_other_than_pinned_is_red_and_says_where_it_differs(
        string? alert, Direction direction, string after, string expected)
    {
        var cell = Cell("exim@bullseye/openssl@trixie/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256");
        var judgement = KnownFailures.Parse(Good, "k.yaml")
            .Judge(cell, new FailureSignature(alert, direction, after), LastDay);

        Assert.That(judgement.Kind, Is.EqualTo(ExpectationKind.OtherFailure));
        Assert.That(judgement.IsRed, Is.True);
        Assert.That(judgement.Explanation, Does.StartWith(expected));
    }

    [Test]
    public void A_pinned_message_is_a_pattern_over_the_whole_sentence()
    {
        var pin = new FailureSignature(Message: "the server gave*");

        Assert.That(pin.Differences(Pinned), Is.Empty);
        Assert.That(pin.Differences(Pinned with { Message = "after that the server gave up" }), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_pass_where_a_failure_is_known_is_red()
    {
        var cell = Cell("exim@bullseye/openssl@trixie/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256");
        var judgement = KnownFailures.Parse(Good, "k.yaml").Judge(cell, null, LastDay);

        Assert.That(judgement.Kind, Is.EqualTo(ExpectationKind.UnexpectedPass));
        Assert.That(judgement.IsRed, Is.True);
        Assert.That(judgement.Explanation, Does.Contain("k.yaml:2:5"));
    }

    [Test]
    public void A_cell_of_which_nothing_is_known_passes_green_and_fails_red()
    {
        var known = KnownFailures.Parse(Good, "k.yaml");
        var cell = Cell("exim@trixie/openssl@trixie/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256");

        Assert.That(known.Judge(cell, null, LastDay).Kind, Is.EqualTo(ExpectationKind.ExpectedPass));
        Assert.That(known.Judge(cell, Pinned, LastDay).Kind, Is.EqualTo(ExpectationKind.UnexpectedFailure));
    }

    [TestCase("true", ExpectationKind.ExpectedPass)]
    [TestCase("false", ExpectationKind.UnexpectedPass)]
    public void Where_chance_decides_a_cell_may_pass(string sometimes, ExpectationKind passed)
    {
        var known = KnownFailures.Parse(
            Good.Replace("    expires:", $"    sometimes: {sometimes}\n    expires:"), "k.yaml");
        var cell = Cell("exim@bullseye/openssl@trixie/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256");

        Assert.That(known.Judge(cell, null, LastDay).Kind, Is.EqualTo(passed));
        Assert.That(known.Judge(cell, Pinned, LastDay).Kind, Is.EqualTo(ExpectationKind.ExpectedFailure));
        Assert.That(known.Judge(cell, new FailureSignature("internal_error"), LastDay).Kind,
            Is.EqualTo(ExpectationKind.OtherFailure));
    }

    [Test]
    public void An_entry_that_matches_nothing_and_one_that_expired_are_problems_with_their_place()
    {
        var plan = new MatrixPlan(
            "m", "", [Cell("exim@trixie/openssl@trixie/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256")], []);
        var problems = KnownFailures.Parse(Good, "k.yaml").Check([plan], LastDay.AddDays(1))
            .Select(problem => problem.ToString());

        Assert.That(problems, Is.EqualTo(new[]
        {
            "k.yaml:2:5: 'exim@bullseye/openssl@*/**' expired on 2027-06-30: "
                + "look at it again, then remove it or move the date",
            "k.yaml:2:5: 'exim@bullseye/openssl@*/**' matches no cell of the matrices 'm'; the nearest is '"
                + plan.Cells[0].Id + "'",
        }));
    }

    [TestCase("reason", "raeson", "k.yaml:3:5: unknown key 'raeson', did you mean 'reason'?")]
    [TestCase("openssl@*", "{openssl@*", "k.yaml:2:12: '{' of pattern 'exim@bullseye/{openssl@*/**' is not closed")]
    [TestCase("handshake_failure", "handshake_failed",
        "k.yaml:5:25: unknown alert 'handshake_failed', did you mean 'handshake_failure'?")]
    [TestCase("server-to-client", "server",
        "k.yaml:5:55: unknown direction 'server', did you mean 'server-to-client'?")]
    [TestCase("ClientHello", "ClientHallo",
        "k.yaml:5:80: unknown handshake message 'ClientHallo', did you mean 'ClientHello'?")]
    [TestCase("2027-06-30", "30.6.2027", "k.yaml:6:14: expected a date as 2027-01-31, found '30.6.2027'")]
    [TestCase("https:", "file:", "k.yaml:4:11: expected an http or https link")]
    [TestCase("{ alert: handshake_failure, direction: server-to-client, after: ClientHello }", "{}",
        "k.yaml:5:16: expected a signature that pins something")]
    public void A_mistake_is_named_with_its_place(string found, string broken, string expected)
    {
        var failure = Assert.Throws<MatrixException>(() => KnownFailures.Parse(Good.Replace(found, broken), "k.yaml"));

        Assert.That(failure!.Message, Does.Contain(expected));
    }

    [Test]
    public void A_list_without_failures_is_good() =>
        Assert.That(KnownFailures.Parse("failures: []", "k.yaml").Entries, Is.Empty);

    [Test]
    public void An_entry_for_a_cell_of_another_matrix_is_no_problem_and_no_more_matrices_are_read_than_it_takes()
    {
        var smoke = new MatrixPlan(
            "smoke", "", [Cell("exim@trixie/openssl@trixie/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256")], []);
        var nightly = new MatrixPlan(
            "nightly", "", [Cell("exim@bullseye/openssl@trixie/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256")], []);

        Assert.That(KnownFailures.Parse(Good, "k.yaml").Check(Plans(), LastDay), Is.Empty);

        IEnumerable<MatrixPlan> Plans()
        {
            yield return smoke;
            yield return nightly;
            throw new InvalidOperationException("nobody needs a third");
        }
    }

    [Test]
    public void Every_committed_entry_speaks_about_a_cell_of_a_committed_matrix()
    {
        var repository = Repository.Find();
        var known = KnownFailures.Load(repository.KnownFailures);
        var catalogue = repository.Catalogue();
        var plans = repository.PlansBeside(repository.Smoke, catalogue)
            .Prepend(repository.Plan(repository.Smoke, catalogue));

        Assert.That(known.Entries, Is.Not.Empty);
        Assert.That(known.Check(plans, known.Entries.Min(entry => entry.Expires)), Is.Empty);
    }

    [Test]
    public void One_smoke_cell_keeps_the_failure_of_Exim_4_94_in_sight()
    {
        var plan = MatrixPlan.Load(RepositoryFiles.Find("matrices/smoke.yaml"), RepositoryFiles.Catalogue());
        var known = KnownFailures.Load(RepositoryFiles.Find("matrices/known-failures.yaml"));

        Assert.That(plan.Cells.Where(cell => known.For(cell).Count > 0).Select(cell => cell.Id),
            Is.EqualTo(new[] { "exim@bullseye/openssl@bookworm/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256" }));
    }

    private static Cell Cell(string id) =>
        CellId.TryParse(id, out var cell, out var problem) ? cell : throw new FormatException(problem);

    [Test]
    public void An_entry_that_expires_within_two_weeks_is_told_before_it_does()
    {
        const string list = """
            failures:
              - { cells: exim@a/**, reason: it fails, signature: { alert: internal_error }, expires: 2026-12-01 }
              - { cells: exim@b/**, reason: it fails, signature: { alert: internal_error }, expires: 2026-12-08 }
              - { cells: exim@c/**, reason: it fails, signature: { alert: internal_error }, expires: 2026-11-01 }
            """;
        var soon = KnownFailures.Parse(list, "known-failures.yaml").Expiring(new DateOnly(2026, 11, 23));

        Assert.That(soon.Single().ToString(), Does.StartWith(
            "known-failures.yaml:2:5: 'exim@a/**' expires on 2026-12-01, in 8 days: look at it again"));
    }
}

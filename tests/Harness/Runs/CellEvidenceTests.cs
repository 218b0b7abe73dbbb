using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Endpoints;
using TlsInterop.Harness.Tests.Verdicts;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Tests.Runs;

public sealed class CellEvidenceTests
{
    private RunFolder _run = null!;
    private CellEvidence _evidence = null!;

    [SetUp]
    public void SetUp()
    {
        var folder = Directory.CreateTempSubdirectory("tlsinterop-evidence-").FullName;
        _run = RunFolder.Create(folder, DateTimeOffset.UtcNow);
        _evidence = new CellEvidence(_run);
    }

    [TearDown]
    public void TearDown()
    {
        _run.Dispose();
        Directory.Delete(Path.GetDirectoryName(_run.Path)!, recursive: true);
    }

    [Test]
    public void The_folder_of_a_red_cell_tells_what_was_expected_what_came_and_where_the_server_spoke()
    {
        var folder = Path.Combine(_run.Endpoints, "openssl@trixie", "server-3");
        var seen = RecordedCell.See(RecordedCell.Refused) with
        {
            Server = new(new RunningServer(TestRequests.Request(), "192.0.2.1", 4433, folder, null, 1), 0, ""),
        };

        Assert.That(Written(seen), Does.Match(
            @"^openssl@trixie/gnutls(?s:.*)→ ClientHello(?s:.*)\nExpected: TLS 1\.2 with .*"
            + @"\nGot:      alert handshake_failure \(40\) from the server after ClientHello\nWhy:      .+"
            + @"\nServer:   endpoints/openssl@trixie/server-3/output, of the run's folder\n$"));
    }

    [Test]
    public void A_cell_that_passed_has_its_handshake_alone() =>
        Assert.That(Written(RecordedCell.See()), Does.Contain("Finished").And.Not.Contain("Expected"));

    [Test]
    public void A_server_that_did_not_start_has_its_words_beside_the_cell()
    {
        var seen = RecordedCell.See() with
        {
            Server = new ServerLease(null, 1, "no such file"), Client = null, Frames = null, Connections = [],
        };

        Assert.That(Written(seen), Does.Contain("Got:      exit code 1 at its start"));
        Assert.That(File.ReadAllText(Path.Combine(_run.Path, _evidence.ServerLogOf(seen))), Is.EqualTo("no such file"));
    }

    [Test]
    public void Of_a_key_log_only_the_secrets_of_its_own_sessions_are_kept()
    {
        var seen = RecordedCell.See(RecordedCell.Tls13, "tls1.3-AES_256_GCM_SHA384-x25519");
        var other = RecordedCell.See();

        Assert.That(seen.Connection!.SecretsIn(seen.KeyLog!).ToList(), Is.Not.Empty);
        Assert.That(seen.Connection!.SecretsIn(other.KeyLog!), Is.Empty);
    }

    private string Written(CellObservation seen)
    {
        var judgement = CellJudge.Judge(seen);
        var result = new CellResult
        {
            Cell = seen.Cell.Id,
            Verdict = judgement.Verdict,
            Expected = judgement.Expected,
            Got = judgement.Got,
            Why = judgement.Why,
            ServerLog = _evidence.ServerLogOf(seen),
        };
        var handshake = CellEvidence.Handshake(seen, judgement.Verdict);
        _evidence.Write(seen, handshake, result, snapshot: null, seen.KeyLog ?? new KeyLog());
        return File.ReadAllText(Path.Combine(_run.CellFolder(seen.Cell), "handshake.txt"));
    }
}

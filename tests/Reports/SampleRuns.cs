using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Reports.Html;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Tests.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Reports.Tests;

/// <summary>Two runs of a small matrix, of which the second went worse, and its report.</summary>
internal sealed class SampleRuns : IDisposable
{
    public const string Expired =
        "exim@bookworm/gnutls@trixie/smtps/tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-rsa3072";

    /// <summary>A cell that nobody can explain.</summary>
    public const string Unexplained = TestCells.Second;

    /// <summary>One that ended as it should, with another handshake than the accepted one.</summary>
    public const string OnPurpose =
        "openssl@bullseye/gnutls@bookworm/echo/tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-expired";

    /// <summary>One of two cells of a pair that failed as it was known to.</summary>
    public const string Known = "openssl@bookworm/gnutls@bookworm/echo/tls1.3-AES_128_GCM_SHA256";

    private const string Kept = "openssl@bookworm/gnutls@bookworm/echo/tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-x25519";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tlsinterop-reports-");

    public SampleRuns()
    {
        var folders = new RunFolders(_folder.FullName);
        var before = folders.Write(
        [
            TestCells.Passed(TestCells.First) with { Shape = "00" }, TestCells.Passed(TestCells.Second),
            TestCells.Failed(TestCells.Third), TestCells.Passed(Expired), TestCells.Passed(TestCells.Fourth),
        ]);
        var after = folders.Write(
            [
                TestCells.Passed(TestCells.First) with { Shape = "01" }, TestCells.Failed(TestCells.Second),
                TestCells.Passed(TestCells.Third), Failed(Expired), TestCells.Passed(Kept),
                TestCells.Passed(OnPurpose) with
                {
                    IsRed = true, Snapshot = "different",
                    Diagnosis = new("certificate-expired", "the certificate had expired", 95) { Server = "renew it" },
                },
                TestCells.Failed(Known) with { IsRed = false },
            ],
            missing: ["openssl@trixie/gnutls@bookworm/echo/tls1.3-AES_128_GCM_SHA256"],
            skipped: [new("openssl@trixie/exim@bullseye/echo/tls1.3-AES_128_GCM_SHA256", "exim is no client")]);
        AddEvidence(after, Expired);
        AddEvidence(after, Unexplained);
        Run = RecordedRun.Load(after);
        Since = RunComparison.Of(RecordedRun.Load(before), Run);
        Report = Path.Combine(after, HtmlReport.FolderName);
    }

    public RecordedRun Run { get; }

    public RunComparison Since { get; }

    /// <summary>The report's folder.</summary>
    public string Report { get; }

    public string Index => Path.Combine(Report, "index.html");

    public string PageOf(string id) => Path.Combine(Report, "cells", id + ".html");

    public Task WriteAsync() => HtmlReport.WriteAsync(Run, Since, Report);

    public void Dispose() => _folder.Delete(recursive: true);

    private static readonly CellDiagnosis Diagnosis =
        new("certificate-expired", "the certificate had expired 23 days before this connection", 95)
        {
            Server = "renew the certificate", Client = "set the clock",
        };

    private static CellResult Failed(string id) => TestCells.Failed(id) with
    {
        Snapshot = "different",
        Diagnosis = Diagnosis,
        Why = [Diagnosis.ToString(), "the client said: expired"],
        Findings = ["Warning certificate-validity: Expected a certificate that is valid. Got: it has expired."],
    };

    // Recorded once, of a client of GnuTLS that met an expired certificate.
    private static void AddEvidence(string folder, string id)
    {
        var place = Path.Combine(folder, "cells", id);
        Directory.CreateDirectory(place);
        File.Copy(
            Path.Combine(Repository.Find().Root, "tests/Harness/Diagnosis/Captures/gnutls-expired.pcapng"),
            Path.Combine(place, "capture.pcapng"));
        File.WriteAllText(Path.Combine(place, "client.log"),
            "exit code 1\n\e[31m*** Fatal error\e[0m: <b>expired</b>\a\n");
        File.WriteAllText(Path.Combine(place, "snapshot.diff"), "@@ -1,1 +1,1 @@\n-verdict pass\n+verdict fail\n");
    }
}

using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Interop.Tests.Endurance;

/// <summary>The engine is restarted in the midst of a run, and ends all containers by that.</summary>
/// <remarks>
/// An engine of its own, in namespaces of its own, so that nobody else's containers end: nor its networks, processes or
/// mounts outlive the test.
/// </remarks>
[NonParallelizable]
public sealed class EngineRestartTests
{
    private const string Matrix = """
        name: restart
        snapshots: none
        blocks:
          - name: enough of them
            combine: all
            server: [openssl@trixie]
            client: [openssl@trixie, sslstream]
            scenario: [echo, close-notify]
            version: [tls1.2, tls1.3]
            suite: [ECDHE_RSA_WITH_AES_128_GCM_SHA256, ECDHE_RSA_WITH_AES_256_GCM_SHA384, AES_128_GCM_SHA256,
              AES_256_GCM_SHA384, CHACHA20_POLY1305_SHA256]
            group: [x25519, secp256r1, secp384r1]
            certificate: [rsa2048, ecdsa-p256]
        """;

    // $1: folder of this test; $2: archive of the images; the rest: the run.
    private const string Script = """
        set -eu
        folder=$1 images=$2
        shift 2
        export DOCKER_HOST=unix://$folder/docker.sock
        ip link set lo up
        engine() {
            dockerd --config-file "$folder/daemon.json" --host "$DOCKER_HOST" --pidfile "$folder/pid" \
                --data-root "$folder/data" --exec-root "$folder/exec" \
                >>"$folder/engine.log" 2>&1 &
        }
        echo '{}' >"$folder/daemon.json"
        engine
        for (( try = 0; try < 300; try++ )); do docker version >/dev/null 2>&1 && break; sleep 0.1; done
        docker load --quiet --input "$images"
        (
            until (( $(cat "$folder"/runs/*/results.jsonl 2>/dev/null | wc -l) > 20 )); do sleep 0.05; done
            kill "$(cat "$folder/pid")"
            while [[ -e $folder/pid ]]; do sleep 0.05; done
            engine
            wait
        ) &
        status=0
        "$@" || status=$?
        tail -n 5 "$folder/engine.log" >&2
        exit $status
        """;

    private string _folder = "";

    [SetUp]
    public async Task SetUp()
    {
        await InteropSession.RequireEngineAsync();
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            InteropSession.Missing("An engine of its own needs Linux and root.");
        _folder = Directory.CreateTempSubdirectory("tlsinterop-restart-").FullName;
    }

    [TearDown]
    public void TearDown()
    {
        if (_folder.Length > 0) Directory.Delete(_folder, recursive: true);
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task Cells_that_an_engine_takes_along_say_so_and_the_others_go_on_when_it_is_back()
    {
        var images = At("images.tar");
        await LeftBehind.DockerAsync("save", "--output", images, await ImageAsync());
        await File.WriteAllTextAsync(At("matrix.yaml"), Matrix);

        var run = await Command.RunAsync(
            "unshare",
            [
                "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c", Script, "restart",
                _folder, images, .. HarnessProcess.Command("run", At("matrix.yaml"), "--output", At("runs")),
            ],
            TimeSpan.FromMinutes(3), cancellationToken: TestContext.CurrentContext.CancellationToken);

        Assert.That(run.ExitCode, Is.EqualTo(1), $"red cells: {run.Output}{run.Errors}");
        var recorded = RecordedRun.Load(Directory.GetDirectories(At("runs")).Single());
        Assert.That(recorded.Missing, Is.Empty);
        var ended = recorded.Results.Where(result => result.Verdict != Verdict.Pass).ToList();
        Assert.That(ended, Is.Not.Empty);
        Assert.That(ended, Is.All.Matches<CellResult>(result => result!.Verdict == Verdict.Error
            && result.Got!.Contains("its shell ended unexpectedly", StringComparison.Ordinal)), run.Output);
        Assert.That(ended, Has.Count.LessThan(recorded.Results.Count / 4), run.Output + run.Errors);
    }

    private static async Task<string> ImageAsync()
    {
        var (engine, _) = await ContainerEngine.FindAsync(CancellationToken.None);
        using var images = new EndpointImages(
            engine!, InteropSession.Repository.Containers, TestContext.Progress.WriteLine);
        var catalogue = InteropSession.Repository.Catalogue();
        return (await images
            .EnsureAsync(catalogue.Definitions["openssl"], "trixie", CancellationToken.None)).Name;
    }

    private string At(string name) => Path.Combine(_folder, name);
}

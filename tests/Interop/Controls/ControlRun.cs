using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Snapshots;

namespace TlsInterop.Interop.Tests.Controls;

/// <summary>
/// A session with a matrix, snapshots and, where wanted, endpoint definitions of its own, all gone with it.
/// </summary>
internal sealed class ControlRun : IAsyncDisposable
{
    private const string Matrix = """
        name: controls
        description: the cells that controls spoil
        blocks:
          - name: controls
            server: [openssl@bookworm, gnutls@bookworm]
            client: [openssl@trixie, gnutls@trixie]
            scenario: [echo]
            version: [tls1.2, tls1.3]
            suite: [ECDHE_RSA_WITH_AES_256_GCM_SHA384, AES_128_GCM_SHA256]
            certificate: [rsa2048, expired]
        """;

    private readonly string _root;

    private ControlRun(string root, RunSession session) => (_root, Session) = (root, session);

    public static string Containers => InteropSession.Repository.Containers;

    public RunSession Session { get; }

    private string Snapshots => Path.Combine(_root, "tests", "Interop", "Snapshots", "controls");

    public static ContainersCopy CopyOfContainers() => new(Containers);

    public static async Task<ControlRun> OpenAsync(
        string containers, CancellationToken cancellationToken, TimeSpan? deadline = null)
    {
        var root = Directory.CreateTempSubdirectory("tlsinterop-control-").FullName;
        Directory.CreateSymbolicLink(Path.Combine(root, "containers"), containers);
        Directory.CreateSymbolicLink(Path.Combine(root, "matrices"), InteropSession.Repository.Matrices);
        // What a stack offers is kept by image and definition: a changed definition is asked anew.
        Directory.CreateDirectory(InteropSession.Repository.Cache);
        Directory.CreateSymbolicLink(Path.Combine(root, ".tlsinterop"), InteropSession.Repository.Cache);
        await File.WriteAllTextAsync(Path.Combine(root, "controls.yaml"), Matrix, cancellationToken);
        var options = new RunOptions
        {
            Repository = new Repository(root),
            Deadline = deadline ?? TimeSpan.FromSeconds(10),
        };
        var session = await RunSession.OpenAsync(options, TestContext.Progress.WriteLine, cancellationToken);
        await session.PlanAsync(Path.Combine(root, "controls.yaml"), [], cancellationToken);
        return new ControlRun(root, session);
    }

    public static Cell Cell(string id) =>
        CellId.TryParse(id, out var cell, out var problem) ? cell : throw new ArgumentException(problem, nameof(id));

    public void AcceptSnapshots() => new SnapshotStore(Snapshots).Accept();

    public void AlterSnapshot(Cell cell, string from, string to)
    {
        var file = Path.Combine(Snapshots, cell.Id + ".verified.txt");
        File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));
    }

    public string Evidence(CellResult result, string file) => Path.Combine(Session.Folder.Path, result.Evidence!, file);

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }
}

using System.Text;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Targets;

/// <summary>
/// The TLS of this machine's .NET against a target. What is said is seen from within: it takes no engine, no capture
/// and no rights.
/// </summary>
/// <param name="target">The server.</param>
/// <param name="scenario">What to say once TLS is up; null to say nothing.</param>
/// <param name="ca">The roots to trust, PEM; null for those of the system.</param>
/// <param name="deadline">Time for one handshake.</param>
/// <param name="folder">Where the evidence goes.</param>
internal sealed class TargetSession(
    Target target, Scenario? scenario, string? ca, TimeSpan deadline, RunFolder folder) : IAsyncDisposable
{
    /// <summary>What is asked when nothing is: the versions that the stack offers by itself.</summary>
    public const string Default = "default";

    private readonly RunSecrets _secrets = new();
    // The one offers what it can, the other what every program of this machine offers that chooses nothing. Two
    // processes can't write one key log.
    private readonly Lazy<WorkerClient> _worker = new(
        () => WorkerClient.Start(WorkerCommand.ForHarness("sslstream", Folder(folder, "sslstream"))));
    private readonly Lazy<WorkerClient> _default = new(
        () => WorkerClient.Start(WorkerCommand.ForHarness("sslstream", Folder(folder, Default)).Unconfigured));

    /// <summary>What is asked, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        Default,
        .. ProtocolVersion.Known.Where(version => version >= ProtocolVersion.Tls10).Select(version => version.Id),
    ];

    /// <summary>The stack, in words.</summary>
    /// <exception cref="WorkerException">It does not come up.</exception>
    public async Task<string> StackAsync(CancellationToken cancellationToken) =>
        (await _worker.Value.CapabilitiesAsync(cancellationToken)).Version ?? "";

    /// <summary>Shakes hands once.</summary>
    /// <exception cref="WorkerException">The worker does not come up, or died.</exception>
    public async Task<TargetResult> ConnectAsync(string name, CancellationToken cancellationToken)
    {
        var answer = await (name == Default ? _default : _worker).Value.ConnectAsync(
            new()
            {
                Host = target.Host,
                Port = target.Port,
                Ca = ca,
                Version = name == Default ? null : name,
                Conversation = scenario?.Conversation ?? [],
                StartTls = scenario?.StartTls,
                Taps = true,
                DeadlineMilliseconds = (int)deadline.TotalMilliseconds,
            },
            cancellationToken);
        if (answer.Tap is not { } tap) return TargetJudge.Judge(name, answer, null, []);
        _secrets.Refresh(Path.Combine(Folder(folder, name == Default ? name : "sslstream"), WorkerCommand.KeyLogFile));
        return Judge(name, answer, tap);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(
            new[] { _worker, _default }.Where(worker => worker.IsValueCreated)
                .Select(worker => worker.Value.DisposeAsync().AsTask()));
    }

    private static string Folder(RunFolder run, string worker) =>
        Directory.CreateDirectory(Path.Combine(run.Endpoints, worker)).FullName;

    private TargetResult Judge(string name, WorkerAnswer answer, WireTap tap)
    {
        var frames = TapFrames.Of(tap);
        TcpConnectionInfo? info = null;
        var decoder = new ConnectionDecoder();
        var reassembler = new TcpReassembler(opened =>
        {
            info = opened;
            return decoder;
        });
        foreach (var frame in frames) reassembler.Frame(frame.Header, frame.Bytes.Span);
        reassembler.Flush();
        var seen = decoder.Decode(new SessionSecrets(_secrets.KeyLog));
        var findings = ConnectionVerifier.Verify(seen, _secrets.KeyLog);

        var place = Directory.CreateDirectory(Path.Combine(folder.Path, "target", name)).FullName;
        var keys = string.Concat(seen.SecretsIn(_secrets.KeyLog).Select(line => line + "\n"));
        CaptureFile.Write(
            Path.Combine(place, CellEvidence.CaptureName), frames, Encoding.ASCII.GetBytes(keys), $"{target} {name}");
        File.WriteAllText(
            Path.Combine(place, CellEvidence.HandshakeName), LadderText.Render(info!, seen, findings, default));
        File.WriteAllText(
            Path.Combine(place, CellEvidence.ClientLogName),
            string.Join('\n', [answer.Output, .. answer.Transcript ?? [], ""]));
        return TargetJudge.Judge(name, answer, seen, findings);
    }
}

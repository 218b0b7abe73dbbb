using TlsInterop.Harness.Predictions;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Verdicts;

/// <summary>What became of one cell: a line of <c>results.jsonl</c>.</summary>
public sealed record CellResult
{
    // Stands for OwnFolder: of a hundred thousand results the paths, which repeat the ids, would be a fourth of the
    // memory. A result of which another is made for another cell takes it along.
    private static readonly string Own = "(its own)";

    // Where the evidence of a cell's first attempt is.
    private static string OwnFolder(string cell) => $"cells/{cell}";

    /// <summary>The cell's id.</summary>
    public required string Cell { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>
    /// True if somebody has to look at it: a verdict that was not expected, or a snapshot that differs.
    /// </summary>
    public bool IsRed { get; init; }

    /// <summary>What should have happened; null if it did.</summary>
    public string? Expected { get; init; }

    /// <summary>What is expected where an endpoint itself broke.</summary>
    public const string WorkingEndpoints = "endpoints that work";

    /// <summary>What happened instead.</summary>
    public string? Got { get; init; }

    /// <summary>What is known of the cause, one sentence a line.</summary>
    public IReadOnlyList<string> Why { get; init; } = [];

    /// <summary>The likeliest cause by its name; null of a pass, and where nobody knows.</summary>
    public CellDiagnosis? Diagnosis { get; init; }

    /// <summary>
    /// The alert that ended it, or <c>none</c> if a side gave up without one; null if nothing failed on the wire.
    /// </summary>
    public string? Alert { get; init; }

    /// <summary>Who sent the alert or gave up.</summary>
    public Direction? From { get; init; }

    /// <summary>The last handshake message before.</summary>
    public string? After { get; init; }

    /// <summary>
    /// How a connection ended that was right not to be completed, as one with a bad certificate is; else null.
    /// </summary>
    public FailureSignature? Refusal { get; init; }

    /// <summary>
    /// What was negotiated, as the wire shows it: <c>TLS 1.2 · ECDHE_RSA_WITH_... · x25519 · rsa_pss_rsae_sha256</c>.
    /// </summary>
    public string? Effective { get; init; }

    /// <summary>What the client did with the certificate, if it has a fault; else null.</summary>
    public CertificateAnswer? Certificate { get; init; }

    /// <summary>In what the wire is not as it was foretold from what both ends offer; null if it is.</summary>
    public Difference? Difference { get; init; }

    /// <summary>How the decoded handshake stands to its snapshot: equal, different, new, not compared.</summary>
    public string Snapshot { get; init; } = "not compared";

    /// <summary>
    /// What the decoded handshake hashes to without what varies from run to run; null if there was none.
    /// </summary>
    public string? Shape { get; init; }

    /// <summary>The run whose result this is, if nothing that it depends on has changed since; else null.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>Findings of the verification, one a line.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>Exit code of the client; evidence, not the verdict.</summary>
    public int? ClientExitCode { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How long it took in milliseconds, judgement included.</summary>
    public double Milliseconds { get; init; }

    /// <summary>Folder of the evidence, relative to the run's.</summary>
    public string? Evidence
    {
        get => ReferenceEquals(field, Own) ? OwnFolder(Cell) : field;
        init => field = value == OwnFolder(Cell) ? Own : value;
    }

    /// <summary>What the server said, relative to the run's folder; other cells' words may stand beside.</summary>
    public string? ServerLog { get; init; }

    /// <summary>Octets of that log that were there before the cell had its server; null if nobody looked.</summary>
    public long? ServerLogFrom { get; init; }

    /// <summary>
    /// Name of the folder with what its server was configured with, in <c>configurations</c> beside the log; null if
    /// that lies beside the log itself.
    /// </summary>
    public string? Configuration { get; init; }
}

using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Commands;

/// <summary>Cells, plans and results for tests that run nothing.</summary>
internal static class TestCells
{
    public const string First = "openssl@trixie/gnutls@bookworm/echo/tls1.2-RSA_WITH_AES_128_GCM_SHA256";
    public const string Second = "openssl@trixie/sslstream/echo/tls1.2-RSA_WITH_AES_128_GCM_SHA256";
    public const string Third = "exim@bullseye/gnutls@bookworm/smtps/tls1.3-AES_128_GCM_SHA256";
    public const string Fourth = "exim@bullseye/gnutls@trixie/smtps/tls1.3-AES_128_GCM_SHA256";

    public static Cell Cell(string id) =>
        CellId.TryParse(id, out var cell, out var problem) ? cell : throw new FormatException(problem);

    public static MatrixPlan Plan(string[] cells, params (string Id, string Reason)[] skipped) => new(
        "smoke", "", [.. cells.Select(Cell)], [.. skipped.Select(left => new SkippedCell(Cell(left.Id), left.Reason))]);

    public static CellResult Passed(string id) => new()
    {
        Cell = id,
        Verdict = Verdict.Pass,
        Snapshot = "equal",
        Evidence = $"cells/{id}",
    };

    public static CellResult Failed(string id) => new()
    {
        Cell = id,
        Verdict = Verdict.Fail,
        IsRed = true,
        Expected = "TLS 1.2 with RSA_WITH_AES_128_GCM_SHA256",
        Got = "alert handshake_failure (40) from the server after ClientHello",
        Why = ["the server finds no suite", "its log says so too"],
        Evidence = $"cells/{id}",
        ServerLog = $"endpoints/{id.Split('/')[0]}/server-3/output",
    };
}

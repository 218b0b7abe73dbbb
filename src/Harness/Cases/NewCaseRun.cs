using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Snapshots;

namespace TlsInterop.Harness.Cases;

/// <summary>Runs a case that was just written, and writes down what it shows.</summary>
internal static class NewCaseRun
{
    /// <summary>Runs its cell, notes verdict, signature and cause in its file, and accepts its snapshot.</summary>
    /// <exception cref="EndpointException">The cell can't run; the case stays as it was written.</exception>
    public static async Task<CellResult> RunAsync(
        NewCase made, string folder, Repository repository, Action<string> say, CancellationToken cancellationToken)
    {
        await using var session = await RunSession.OpenAsync(
            new RunOptions { Repository = repository }, say, cancellationToken);
        var plan = await session.PlanAsync(repository.Cases, [Glob.Parse(made.Cell.Id)], cancellationToken);
        if (plan.Find(made.Cell.Id).SkipReason is { } reason)
            throw new EndpointException(
                made.Cell.Id, reason, $"choose another server, or edit {Path.Combine(folder, CaseFile.FileName)}");
        var result = await session.ExecuteAsync(made.Cell, cancellationToken);
        if (result.Verdict is Verdict.Error or Verdict.Unsupported)
            throw new EndpointException(
                made.Cell.Id, $"{result.Got} ({string.Join("; ", result.Why)})",
                "the case stays as it was written; run it again when that is mended");
        CaseWriter.Note(made, folder, result);
        new SnapshotStore(folder).Accept();
        return result;
    }
}

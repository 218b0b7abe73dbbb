using TlsInterop.Harness.Verdicts;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;

[assembly: LevelOfParallelism(4)]

namespace TlsInterop.Interop.Tests;

/// <summary>The one session that all live tests share: endpoints start once, and end when the last test has.</summary>
[SetUpFixture]
public sealed class InteropSession
{
    public static Repository Repository { get; } = Repository.Find();

    private static readonly Lazy<Task<(RunSession Session, MatrixPlan Plan)>> Smoke =
        new(() => OpenAsync(Repository.Smoke));

    private static readonly Lazy<Task<(RunSession Session, MatrixPlan Plan)>> Cases =
        new(() => OpenAsync(Repository.Cases));

    /// <summary>
    /// The session with the smoke matrix planned; without a container engine the test is skipped, or red where one is
    /// required.
    /// </summary>
    public static async Task<(RunSession Session, MatrixPlan Plan)> SmokeAsync()
    {
        await RequireEngineAsync();
        return await Smoke.Value;
    }

    /// <summary>The same with the cells of bug reports.</summary>
    public static async Task<(RunSession Session, MatrixPlan Plan)> CasesAsync()
    {
        await RequireEngineAsync();
        return await Cases.Value;
    }

    /// <summary>A result as the report of a run shows it.</summary>
    public static string Text(CellResult result, MatrixPlan plan, RunSession session)
    {
        var report = new RunReport
        {
            Plan = plan,
            Results = [result],
            Folder = session.Folder.Path,
            Snapshots = Repository.SnapshotsOf(plan),
            Again = "./interop run",
        };
        return string.Join('\n', RedText.Of(result, report).Select(line => line.ToString()));
    }

    public static async Task RequireEngineAsync()
    {
        var (engine, reason) = await Engine.Value;
        if (engine is not null) return;
        Missing($"This test needs a container engine, and {reason}. './interop test' starts one where it can.");
    }

    /// <summary>Ends a test for want of something: red on a machine that is there to run all of them.</summary>
    public static void Missing(string message)
    {
        if (IsRequired) Assert.Fail(message);
        Assert.Ignore(message);
    }

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        foreach (var opened in new[] { Smoke, Cases })
        {
            if (opened.IsValueCreated && opened.Value.IsCompletedSuccessfully)
                await (await opened.Value).Session.DisposeAsync();
        }
    }

    private static readonly Lazy<Task<(IContainerEngine? Engine, string Reason)>> Engine =
        new(() => ContainerEngine.FindAsync(CancellationToken.None));

    // A machine that is there to run these tests must not be green because it ran none of them.
    private static bool IsRequired =>
        Environment.GetEnvironmentVariable("TLSINTEROP_ENGINE") == "required"
            || Environment.GetEnvironmentVariable("CI") is { Length: > 0 };

    private static async Task<(RunSession Session, MatrixPlan Plan)> OpenAsync(string matrix)
    {
        var session = await RunSession.OpenAsync(
            new RunOptions { Repository = Repository, Attempts = 4 }, TestContext.Progress.WriteLine, CancellationToken.None);
        return (session, await session.PlanAsync(matrix, [], CancellationToken.None));
    }
}

using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;

[assembly: LevelOfParallelism(4)]

namespace TlsInterop.Interop.Tests;

/// <summary>The one session that all live tests share: endpoints start once, and end when the last test has.</summary>
[SetUpFixture]
public sealed class InteropSession
{
    private static readonly Lazy<Task<(RunSession Session, MatrixPlan Plan)>> Smoke = new(OpenAsync);

    public static Repository Repository { get; } = Repository.Find();

    /// <summary>
    /// The session with the smoke matrix planned; without a container engine the test is skipped, or red where one is
    /// required.
    /// </summary>
    public static async Task<(RunSession Session, MatrixPlan Plan)> SmokeAsync()
    {
        await RequireEngineAsync();
        return await Smoke.Value;
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
        if (Smoke.IsValueCreated && Smoke.Value.IsCompletedSuccessfully)
            await (await Smoke.Value).Session.DisposeAsync();
    }

    private static readonly Lazy<Task<(DockerCommandLine? Engine, string Reason)>> Engine =
        new(() => DockerCommandLine.FindAsync(CancellationToken.None));

    // A machine that is there to run these tests must not be green because it ran none of them.
    private static bool IsRequired =>
        Environment.GetEnvironmentVariable("TLSINTEROP_ENGINE") == "required"
            || Environment.GetEnvironmentVariable("CI") is { Length: > 0 };

    private static async Task<(RunSession Session, MatrixPlan Plan)> OpenAsync()
    {
        var session = await RunSession.OpenAsync(
            new RunOptions { Repository = Repository }, TestContext.Progress.WriteLine, CancellationToken.None);
        return (session, await session.PlanAsync(Repository.Smoke, [], CancellationToken.None));
    }
}

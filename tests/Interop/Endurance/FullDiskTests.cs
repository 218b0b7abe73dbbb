using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Interop.Tests.Endurance;

/// <summary>Disks that have no room, or may not be written.</summary>
[NonParallelizable]
[Platform(Include = "Linux", Reason = "it mounts a small file system")]
public sealed class FullDiskTests
{
    private string _folder = "";

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-full-").FullName;

    [TearDown]
    public async Task TearDown()
    {
        await Command.RunAsync("umount", [_folder], TimeSpan.FromSeconds(30));
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_run_that_fills_the_disk_stops_with_what_is_finished_and_says_what_to_do()
    {
        await InteropSession.RequireEngineAsync();
        await MountAsync("size=6m");

        var (status, told) = await HarnessProcess.RunAsync("run", "smoke", "--quiet", "--output", _folder);

        Assert.That(status, Is.EqualTo(2), told);
        Assert.That(told, Does.Contain("The disk is full").And.Contain("remedy: free"));
        var folder = Directory.GetDirectories(_folder).Single();
        var run = RecordedRun.Load(folder);
        Assert.That(run.Results, Is.Not.Empty.And.All.Property("IsRed").False, "finished cells can be read");
        Assert.That(run.Missing, Is.Not.Empty);
        Assert.That(await LeftBehind.AfterAWhileOfAsync(folder), Is.Empty);
    }

    [Test]
    public async Task A_folder_that_can_t_be_written_is_named()
    {
        await InteropSession.RequireEngineAsync();
        await MountAsync("ro");

        var (status, told) = await HarnessProcess.RunAsync("run", "smoke", "--quiet", "--output", _folder);

        Assert.That(status, Is.EqualTo(2), told);
        Assert.That(told, Does.Contain(_folder).And.Contain("Read-only file system"));
        Assert.That(told, Does.Not.Contain("   at "), "no stack trace");
    }

    private async Task MountAsync(string options)
    {
        var mounted = await Command.RunAsync(
            "mount", ["-t", "tmpfs", "-o", options, "tmpfs", _folder], TimeSpan.FromSeconds(30));
        if (!mounted.Succeeded) InteropSession.Missing($"This test mounts a file system: {mounted.Errors}");
    }
}

using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Tests.Runs;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class MergeCommandTests : RunCommandsFixture
{
    [Test]
    public async Task Of_folders_of_runs_the_runs_are_joined_and_not_what_their_endpoints_or_links_call_so()
    {
        using var folders = new ShardFolders();
        // Of a part of a matrix nobody asks whether all known failures are in it.
        var run = folders.Write(ShardFolders.Plan(1) with { Chosen = ["**"] }, 1);
        var endpoint = Directory.CreateDirectory(Path.Combine(run.Folder, "endpoints", "exim@trixie")).FullName;
        File.WriteAllText(Path.Combine(endpoint, "results.jsonl"), "not a journal\n");
        Directory.CreateSymbolicLink(Path.Combine(folders.Root, "circle"), folders.Root);

        var (status, output, error) =
            await InvokeAsync("merge", folders.Root, "--output", Path.Combine(Runs.Parent, "merged"));

        Assert.That(status, Is.Not.EqualTo(ExitStatus.Unusable), error);
        Assert.That(output, Does.Contain("1 shard of smoke").And.Not.Contain("left out").And.Not.Contain("times"));
    }
}

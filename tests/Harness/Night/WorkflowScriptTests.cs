using System.Diagnostics;
using System.Runtime.Versioning;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Night;

/// <summary>The workflows' scripts with a <c>gh</c> that answers as it is told and writes down what it was asked.</summary>
[UnsupportedOSPlatform("windows")]
[Platform(Exclude = "Win", Reason = "there is no bash")]
public sealed class WorkflowScriptTests
{
    private string _folder = "";

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-scripts-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_first_page_of_a_pull_request_is_a_new_comment()
    {
        Assert.That(await RunAsync("comment.sh", "", "7", Page("<!-- tlsinterop: smoke -->")), Is.Zero);

        Assert.That(Asked[^1], Does.StartWith("api --method POST repos/o/r/issues/7/comments --field body=@"));
    }

    [Test]
    public async Task Each_page_after_it_takes_the_place_of_the_one_before()
    {
        Assert.That(
            await RunAsync("comment.sh", "case \"$2\" in */comments) echo 42; echo 43;; esac", "7",
                Page("<!-- tlsinterop: smoke -->")), Is.Zero);

        Assert.That(Asked[0], Does.Contain("startswith(\"<!-- tlsinterop: smoke -->\")"));
        Assert.That(Asked[^1], Does.StartWith("api --method PATCH repos/o/r/issues/comments/42 --field body=@"));
    }

    [Test]
    public async Task A_page_without_a_mark_would_never_be_found_again_and_is_refused()
    {
        Assert.That(await RunAsync("comment.sh", "", "7", Page("# no mark")), Is.EqualTo(2));

        Assert.That(Asked, Is.Empty);
    }

    [Test]
    public async Task The_history_is_that_of_the_youngest_night_that_kept_one()
    {
        const string Nights = "case \"$2 $3\" in 'list --workflow') echo 3; echo 2; echo 1;; 'download 3') exit 1;; "
            + "'download 2') mkdir -p runs/a runs/b;; esac";

        Assert.That(await RunAsync("history.sh", Nights, "nightly.yml", "quirks"), Is.Zero);

        Assert.That(Asked[1..], Is.EqualTo((string[])
        [
            "run download 3 --name history-quirks --dir runs", "run download 2 --name history-quirks --dir runs",
        ]));
    }

    [Test]
    public async Task The_first_night_has_no_history_and_that_is_no_failure() =>
        Assert.That(await RunAsync("history.sh", "[ \"$2\" = list ]", "nightly.yml", "quirks"), Is.Zero);

    private string[] Asked => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    private string Log => Path.Combine(_folder, "asked");

    private string Page(string firstLine)
    {
        var page = Path.Combine(_folder, "page.md");
        File.WriteAllText(page, $"{firstLine}\n# 1 of 1 pass\n");
        return page;
    }

    private async Task<int> RunAsync(string script, string answer, params string[] words)
    {
        var bin = Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName;
        var gh = Path.Combine(bin, "gh");
        await File.WriteAllTextAsync(gh, $"#!/bin/sh\necho \"$*\" >> '{Log}'\n{answer}\n");
        File.SetUnixFileMode(gh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var process = Process.Start(new ProcessStartInfo(
            "bash", [RepositoryFiles.Find($".github/scripts/{script}"), .. words])
        {
            WorkingDirectory = _folder,
            Environment =
            {
                ["PATH"] = $"{bin}:{Environment.GetEnvironmentVariable("PATH")}", ["GITHUB_REPOSITORY"] = "o/r",
            },
        })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(deadline.Token);
        return process.ExitCode;
    }
}

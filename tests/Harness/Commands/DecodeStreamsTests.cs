using System.Diagnostics;
using TlsInterop.Harness.Commands;

namespace TlsInterop.Harness.Tests.Commands;

/// <summary>Standard input and output as a shell gives them.</summary>
public sealed class DecodeStreamsTests : DecodeFixture
{
    [TestCase("decode --summary '$CAPTURE'")]
    [TestCase("decode --help")]
    [TestCase("list")]
    public async Task A_disk_that_is_full_is_told(string command)
    {
        var (output, error) = await Shell($"$PROGRAM {command} > /dev/full; echo $?");

        Assert.That(output, Is.EqualTo($"{ExitStatus.Unusable}"));
        Assert.That(error, Does.StartWith("standard output: the disk is full; what was written is not complete")
            .And.Not.Contain("runs/"));
    }

    [TestCase("list > /dev/full 2>&1", ExitStatus.Unusable)]
    [TestCase("decode nowhere.pcap 2> /dev/full", ExitStatus.Unusable)]
    [TestCase("list --count > /dev/null 2>&-", ExitStatus.Green)]
    [TestCase("decode --summary '$CAPTURE' >&-", ExitStatus.Unusable)]
    public async Task Who_can_not_be_told_gets_the_status_alone(string command, int status) =>
        Assert.That((await Shell($"$PROGRAM {command}; echo $?")).Output, Is.EqualTo($"{status}"));

    [Test]
    public async Task Standard_input_that_is_closed_is_not_waited_for()
    {
        var (output, error) = await Shell("timeout 20 $PROGRAM decode - <&-; echo $?");

        Assert.That(output, Is.EqualTo($"{ExitStatus.Unusable}"));
        Assert.That(
            error, Does.StartWith("standard input: Expected: a pcap or pcapng capture. Got: nothing, it is closed."));
    }

    [TestCase("head -c 1", "#", Description = "standard output is closed early")]
    [TestCase("tail -n 1 | cut -c 1-2", "#2", Description = "standard output is read to its end")]
    public async Task Standard_input_and_output_are_pipes_that_may_close(string reader, string expected)
    {
        var (output, error) =
            await Shell($"($PROGRAM decode --summary - < '$CAPTURE' || echo failed >&2) | {reader}");

        Assert.That((output, error), Is.EqualTo((expected, "")));
    }

    private static async Task<(string Output, string Error)> Shell(string line)
    {
        var program = Path.ChangeExtension(typeof(CommandTree).Assembly.Location, ".dll");
        line = line.Replace("$PROGRAM", $"dotnet '{program}'").Replace("$CAPTURE", Capture);
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", line },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = shell.StandardError.ReadToEndAsync();
        return ((await shell.StandardOutput.ReadToEndAsync()).TrimEnd(), await error);
    }
}

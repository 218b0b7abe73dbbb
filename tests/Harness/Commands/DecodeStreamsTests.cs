using System.Diagnostics;
using TlsInterop.Harness.Commands;

namespace TlsInterop.Harness.Tests.Commands;

/// <summary>Standard input and output as a shell gives them.</summary>
public sealed class DecodeStreamsTests : DecodeFixture
{
    [Test]
    public async Task A_disk_that_is_full_is_told()
    {
        var program = Path.ChangeExtension(typeof(CommandTree).Assembly.Location, ".dll");
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", $"dotnet '{program}' decode --summary '{Capture}' > /dev/full; echo $?" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = await shell.StandardError.ReadToEndAsync();

        Assert.That((await shell.StandardOutput.ReadToEndAsync()).Trim(), Is.EqualTo($"{ExitStatus.Unusable}"));
        Assert.That(error, Does.StartWith("standard output: the disk is full; what was written is not complete")
            .And.Not.Contain("runs/"));
    }

    [TestCase("head -c 1", "#", Description = "standard output is closed early")]
    [TestCase("tail -n 1 | cut -c 1-2", "#2", Description = "standard output is read to its end")]
    public async Task Standard_input_and_output_are_pipes_that_may_close(string reader, string expected)
    {
        var program = Path.ChangeExtension(typeof(CommandTree).Assembly.Location, ".dll");
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList =
            {
                "-c", $"(dotnet '{program}' decode --summary - < '{Capture}' || echo failed >&2) | {reader}",
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = shell.StandardError.ReadToEndAsync();
        Assert.That((await shell.StandardOutput.ReadToEndAsync()).TrimEnd(), Is.EqualTo(expected));
        Assert.That(await error, Is.Empty);
    }
}

using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Tests.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Commands;

/// <summary>Commands about recorded runs, and the folder that the runs are in.</summary>
public abstract class RunCommandsFixture
{
    protected const string Hostile = "\e[31m=cmd|' /C calc'!A0\e[0m \u0001\uFFFF ]]> </failure> `@all` |";

    private protected RunFolders Runs { get; private set; } = null!;

    [SetUp]
    public void MakeFolder() =>
        Runs = new(Directory.CreateTempSubdirectory("tlsinterop-recorded-").FullName);

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Runs.Parent, recursive: true);

    /// <summary>Three runs of one matrix: green, then one red, then another.</summary>
    private protected void WriteThree()
    {
        Runs.Write([TestCells.Passed(TestCells.First), TestCells.Passed(TestCells.Second)]);
        Runs.Write([Red(TestCells.First), TestCells.Passed(TestCells.Second)]);
        Runs.Write([TestCells.Passed(TestCells.First), Red(TestCells.Second)]);
    }

    private protected static CellResult Red(string id) => TestCells.Failed(id) with
    {
        Alert = "handshake_failure", After = "ClientHello",
        Diagnosis = new CellDiagnosis("no-common-suite", "They have no suite in common", 90),
    };

    /// <summary>Runs a command with the folder of the runs behind it.</summary>
    protected Task<(int Status, string Output, string Error)> AskAsync(params string[] words) =>
        InvokeAsync([.. words, "--runs", Runs.Parent]);

    protected static async Task<(int Status, string Output, string Error)> InvokeAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CommandTree.InvokeAsync(words, output, error);
        return (status, output.ToString(), error.ToString());
    }
}

using System.CommandLine;

namespace TlsInterop.Harness.Commands;

/// <summary>
/// <c>test</c>: the script's own, which serves it without this tree. It stands here for the list of commands.
/// </summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand(
            "test",
            "Runs all tests: the smoke matrix, each cell a test of its name, and what needs no engine",
            new Example("test", "all of them; further words go to 'dotnet test'", NeedsEngine: true));
        command.SetAction(int (_) => throw new UsageException("'test' is a command of the script ./interop alone"));
        return command;
    }
}

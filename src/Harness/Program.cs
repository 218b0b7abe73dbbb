using System.Runtime.InteropServices;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Workers;

// Workers are started by the dozen: they don't wait for a command tree that they don't need.
if (args is ["worker", var kind, .. var profile])
{
    // A Ctrl-C in the terminal is for the run alone: its workers end when it closes their standard input.
    using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
    return await WorkerHost.RunAsync(
        kind, profile.FirstOrDefault(), Console.OpenStandardInput(), Console.OpenStandardOutput());
}
return await CommandTree.InvokeAsync(args, ConsoleText.Output(), ConsoleText.Error());

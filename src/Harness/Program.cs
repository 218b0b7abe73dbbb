using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Workers;

// Workers are started by the dozen: they don't wait for a command tree that they don't need.
return args is ["worker", var kind]
    ? await WorkerHost.RunAsync(kind, Console.OpenStandardInput(), Console.OpenStandardOutput())
    : await CommandTree.InvokeAsync(args, Console.Out, Console.Error);

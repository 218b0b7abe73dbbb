using TlsInterop.Harness.Workers;

if (args is ["worker", var kind])
{
    return await WorkerHost.RunAsync(kind, Console.OpenStandardInput(), Console.OpenStandardOutput());
}
return 0;

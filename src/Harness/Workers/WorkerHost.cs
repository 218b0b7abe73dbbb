using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Harness.Profiles;
namespace TlsInterop.Harness.Workers;

/// <summary>The worker's side: reads requests, one a line, and answers each; many may be under way at once.</summary>
public static class WorkerHost
{
    private static readonly Dictionary<string, Func<string?, IWorkerService>> Services = new(StringComparer.Ordinal)
    {
        ["sslstream"] = static _ => new WorkerService(new SslStreamStack()),
        ["bouncycastle"] = static _ => new WorkerService(new BouncyCastleStack()),
        [ScriptedStack.Kind] = static profile => new WorkerService(new ScriptedStack(
            profile is null ? ClientProfile.Plain : ProfileFile.ReadClient(profile))),
        [ServeService.Kind] = static profile => new ServeService(
            profile is null ? ServerProfile.Plain : ProfileFile.ReadServer(profile)),
    };

    /// <summary>The stacks that a worker can run as a client.</summary>
    public static IEnumerable<string> Kinds => Services.Keys.Where(kind => kind != ServeService.Kind);

    /// <summary>Why a worker cannot run as a kind, or null.</summary>
    private static string? Fault(string kind, string? profile)
    {
        if (!Services.ContainsKey(kind))
            return $"unknown worker '{kind}'; there are: {string.Join(", ", Services.Keys)}";
        return profile is null || File.Exists(profile) ? null : $"there is no profile {profile}";
    }

    /// <summary>Serves requests until <paramref name="input"/> ends and the last one is answered.</summary>
    /// <param name="kind">What it plays.</param>
    /// <param name="profile">Path of the profile of a scripted end; null for none.</param>
    /// <param name="input">Where requests come from.</param>
    /// <param name="output">Where answers go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The process' exit status: 0, or 127 for a kind or a profile that there is not.</returns>
    public static async Task<int> RunAsync(
        string kind, string? profile, Stream input, Stream output, CancellationToken cancellationToken = default)
    {
        if (Fault(kind, profile) is { } fault)
        {
            await Console.Error.WriteLineAsync(fault);
            return WorkerExit.Unsupported;
        }
        using var service = Services[kind](profile);
        using var reader = new StreamReader(input);
        using var gate = new SemaphoreSlim(1);
        var underWay = new HashSet<Task>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0) continue;
            underWay.RemoveWhere(static task => task.IsCompletedSuccessfully);
            underWay.Add(
                Task.Run(() => AnswerAsync(service, line, output, gate, cancellationToken), cancellationToken));
        }
        await Task.WhenAll(underWay);
        return WorkerExit.Done;
    }

    private static async Task AnswerAsync(
        IWorkerService service, string line, Stream output, SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        var answer = await service.AnswerAsync(line, cancellationToken);
        await gate.WaitAsync(cancellationToken);
        try
        {
            await output.WriteAsync(WorkerJson.Write(answer), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }
}

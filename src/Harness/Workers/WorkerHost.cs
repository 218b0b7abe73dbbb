namespace TlsInterop.Harness.Workers;

/// <summary>The worker's side: reads requests, one a line, and answers each; many may be under way at once.</summary>
public static class WorkerHost
{
    private static readonly Dictionary<string, Func<ITlsClientStack>> Stacks = new(StringComparer.Ordinal)
    {
        ["sslstream"] = static () => new SslStreamStack(),
        ["bouncycastle"] = static () => new BouncyCastleStack(),
        [ScriptedStack.Kind] = static () => new ScriptedStack(),
    };

    /// <summary>The stacks a worker can run.</summary>
    public static IReadOnlyCollection<string> Kinds => Stacks.Keys;

    /// <summary>Serves requests until <paramref name="input"/> ends and the last one is answered.</summary>
    /// <returns>The process' exit status: 0, or 127 for a kind that is not one of <see cref="Kinds"/>.</returns>
    public static async Task<int> RunAsync(
        string kind, Stream input, Stream output, CancellationToken cancellationToken = default)
    {
        if (!Stacks.TryGetValue(kind, out var create))
        {
            await Console.Error.WriteLineAsync($"unknown worker '{kind}'; there are: {string.Join(", ", Kinds)}");
            return WorkerExit.Unsupported;
        }
        using var service = new WorkerService(create());
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
        WorkerService service, string line, Stream output, SemaphoreSlim gate, CancellationToken cancellationToken)
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

using System.Security.Cryptography.X509Certificates;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Targets;
using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Commands;

/// <summary>The TLS of this machine against a server somewhere, one handshake a version.</summary>
internal sealed class TargetAction(TargetArguments arguments, RunScreen screen)
{
    private static readonly Dictionary<TargetVerdict, ReportText> Words = new()
    {
        [TargetVerdict.Pass] = new("pass", Tone.Good),
        [TargetVerdict.Refused] = new("refused", Tone.Quiet),
        [TargetVerdict.NotOffered] = new("not offered", Tone.Quiet),
        [TargetVerdict.Fail] = new("FAIL", Tone.Bad),
        [TargetVerdict.Error] = new("ERROR", Tone.Bad),
    };

    /// <summary>Runs.</summary>
    /// <returns>One of <see cref="ExitStatus"/>: unusable if the target can't be reached.</returns>
    /// <exception cref="UsageException">The scenario is none that this can play.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var repository = arguments.Options.Repository;
        var scenario = arguments.Scenario is { } name ? TargetScenario.Find(name, repository) : null;
        using var folder = RunFolder.Create(arguments.Options.RunsFolder ?? repository.Runs, DateTimeOffset.UtcNow);
        await using var session = new TargetSession(
            arguments.Target, scenario, arguments.Ca, arguments.Options.Deadline, folder);
        try
        {
            return await RunAsync(session, folder, cancellationToken);
        }
        catch (WorkerException dead)
        {
            screen.Write(new ReportLine([new ReportText($"ERROR  {dead.Message}", Tone.Bad)]));
            return ExitStatus.Unusable;
        }
    }

    /// <summary>What all the results come to.</summary>
    internal static int StatusOf(IReadOnlyCollection<TargetResult> results) =>
        results.Any(result => result.Verdict == TargetVerdict.Error) ? ExitStatus.Unusable
        : results.Any(result => result.Verdict == TargetVerdict.Fail) ? ExitStatus.Red
        : results.Any(result => result.Verdict == TargetVerdict.Pass) ? ExitStatus.Green
        : ExitStatus.Red;

    private string? Hint(IReadOnlyList<TargetResult> results) => results[^1] switch
    {
        { IsReached: false } => $"is something listening at {arguments.Target}, and may this machine reach it?",
        { Verdict: TargetVerdict.Error } => $"is '{arguments.Scenario}' what {arguments.Target} speaks? "
            + "--scenario names another",
        _ when arguments.Ca is null && results.Any(IsUntrusted) =>
            "the roots of this system don't vouch for it: --ca FILE names others",
        _ => null,
    };

    // .NET names the flags of the chain in its message.
    private static bool IsUntrusted(TargetResult result) =>
        result.Text.Contains(nameof(X509ChainStatusFlags.UntrustedRoot), StringComparison.Ordinal)
        || result.Text.Contains(nameof(X509ChainStatusFlags.PartialChain), StringComparison.Ordinal);

    private async Task<int> RunAsync(TargetSession session, RunFolder folder, CancellationToken cancellationToken)
    {
        var lines = new List<ReportLine>();
        void Tell(params ReportText[] parts)
        {
            lines.Add(new(parts));
            screen.Write(lines[^1]);
        }

        Tell(new("target     ", Tone.Strong), $"{arguments.Target}",
            arguments.Scenario is null ? "" : $", {arguments.Scenario}");
        Tell(new("client     ", Tone.Strong), await session.StackAsync(cancellationToken));
        var results = new List<TargetResult>();
        foreach (var name in TargetSession.Names)
        {
            results.Add(await session.ConnectAsync(name, cancellationToken));
            var (_, verdict, text) = results[^1];
            Tell(name.PadRight(11), Words[verdict], $"  {text}");
            foreach (var remark in results[^1].Remarks) Tell("           ", new(remark, Tone.Quiet));
            // Nobody listens there, or not to that protocol: nobody will for the next version either.
            if (verdict == TargetVerdict.Error) break;
        }
        if (Hint(results) is { } hint) Tell("           ", new(hint, Tone.Quiet));
        if (results[^1].IsReached) Tell(new("evidence   ", Tone.Strong), Path.Combine(folder.Path, "target"));
        await File.WriteAllLinesAsync(
            Path.Combine(folder.Path, "report.txt"), lines.Select(line => line.ToString()), cancellationToken);
        return StatusOf(results);
    }
}

using System.CommandLine;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Commands;

/// <summary><c>minimise</c>: what a red cell needs to be red, and whose fault that is.</summary>
internal sealed class MinimiseCommand
{
    private const double Seconds = 600;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly Option<string> _cell = new("--cell")
    {
        Description = "The red cell, of any matrix or of none. One that is known to fail is red too",
        HelpName = "ID",
        Required = true,
    };

    private readonly Option<string?> _bisect = new("--bisect")
    {
        Description = "Only the versions of one end, by halving: where the failure came, and where it went. "
            + "Builds the images that it needs",
        HelpName = "server|client",
    };

    private readonly Option<int?> _maxRuns = new("--max-runs")
    {
        Description = "Most cells to try. Without it: thrice the binary logarithm of the cells around",
        HelpName = "N",
    };

    private readonly Option<double?> _deadline = new("--deadline")
    {
        Description = $"Time that all of it has; then what is known is the answer. Without it: {Seconds}",
        HelpName = "SECONDS",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "One JSON object in place of text; the progress goes to standard error",
    };

    private MinimiseCommand()
    {
        _cell.CompletionSources.Add(_ => MatrixChoice.CompletedCells());
        _bisect.AcceptOnlyFromAmong("server", "client");
        RunCommand.Above(_maxRuns, 0);
        RunCommand.Above(_deadline, 0);
    }

    public static Command Create()
    {
        const string cell = "exim@bullseye/openssl@bookworm/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256";
        var minimise = new MinimiseCommand();
        var command = new DocumentedCommand(
            "minimise",
            "Finds out what a red cell needs to be red, by changing all else, and which of its ends is to blame",
            new Example($"minimise --cell '{cell}'", "which of its values matter, and with which it goes away", true),
            new Example($"minimise --cell '{cell}' --bisect server", "in which version of the server it went away",
                true),
            new Example($"minimise --cell '{cell}' --max-runs 12 --json", "a quick answer for a program", true))
        {
            Statuses =
            [
                (ExitStatus.Green, "answered, as far as it could be"),
                (ExitStatus.Red, "nothing to answer: the cell is green, or can't run"),
                (ExitStatus.Unusable, "wrong arguments, or an endpoint, capture or disk that fails"),
            ],
        };
        foreach (Option option in (Option[])
            [minimise._cell, minimise._bisect, minimise._maxRuns, minimise._deadline, minimise._json])
            command.Options.Add(option);
        command.Words =
        [
            ("red", "a run that failed in the same way: alert, who sent it, and after which message"),
            ("other", "one that failed otherwise: the failure is not seen there, and has not gone away"),
            ("can't run", "one of which nothing is known: an end can't do what was asked"),
        ];
        command.Check = parsed => minimise.Read(parsed, Repository.Find());
        command.SetAction((parsed, _) => minimise.RunAsync(parsed));
        return command;
    }

    /// <summary>The arguments of a command line that has no errors.</summary>
    /// <exception cref="UsageException">They name what is not there.</exception>
    internal MinimiseArguments Read(ParseResult parsed, Repository repository)
    {
        var id = parsed.GetRequiredValue(_cell);
        if (!CellId.TryParse(id, out var cell, out var problem)) throw new UsageException($"--cell {id}: {problem}");
        var catalogue = repository.Catalogue();
        foreach (var end in new[] { cell.Server, cell.Client }) EndpointsCommand.Find(end.ToString(), catalogue);
        if (!catalogue.Scenarios.ContainsKey(cell.Scenario))
            throw new UsageException(NearMatch.Unknown("scenario", cell.Scenario, catalogue.Scenarios.Keys));
        if (CellNeighbourhood.WhyNot(catalogue, cell) is { } reason) throw new UsageException($"--cell {id}: {reason}");
        EndpointRole? bisect = parsed.GetValue(_bisect) switch
        {
            "server" => EndpointRole.Server,
            "client" => EndpointRole.Client,
            _ => null,
        };
        var walked = bisect == EndpointRole.Server ? cell.Server : cell.Client;
        if (bisect is not null && walked.Version is null)
            throw new UsageException($"{_bisect.Name}: {walked} has no versions");
        return new()
        {
            Cell = cell,
            Options = new() { Repository = repository },
            Bisect = bisect,
            MaxRuns = parsed.GetValue(_maxRuns),
            Deadline = TimeSpan.FromSeconds(parsed.GetValue(_deadline) ?? Seconds),
            Json = parsed.GetValue(_json),
        };
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var arguments = Read(parsed, Repository.Find());
        var console = parsed.InvocationConfiguration;
        var screen = RunScreen.Of(arguments.Json ? console.Error : console.Output, quiet: false);
        using var interruption = new RunInterruption(Grace, Environment.Exit, screen.Progress.Note);
        interruption.Listen();
        return await new MinimiseAction(
            arguments, async (options, say, stop) => await RunSession.OpenAsync(options, say, stop), screen,
            console.Output, interruption).RunAsync();
    }
}

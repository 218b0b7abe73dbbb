using System.CommandLine;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Targets;

namespace TlsInterop.Harness.Commands;

/// <summary><c>run</c>: a matrix against real stacks.</summary>
internal sealed class RunCommand
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly Argument<string?> _matrix = MatrixChoice.Matrix();
    private readonly Option<string[]> _filter = MatrixChoice.Filter();

    private readonly Option<string[]> _cell = new("--cell")
    {
        Description = "Only the cell of this id. May be repeated", HelpName = "ID", DefaultValueFactory = _ => [],
    };

    private readonly Option<EngineChoice> _engine = new("--engine")
    {
        Description = "auto: containers if an engine answers. none: the stacks of this machine alone",
        HelpName = "auto|docker|none",
    };

    private readonly Option<string[]> _local = new("--local")
    {
        Description =
            "A stack of this machine instead of its containers: a program, or the folder of its programs. "
            + "May be repeated",
        HelpName = "NAME=PATH",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _target = new("--target")
    {
        Description =
            "No matrix: the TLS of this machine (SChannel on Windows, Apple's on a Mac) against a server somewhere, "
            + "once a version. Takes no engine and no capture: the octets that the TLS itself saw are kept as frames",
        HelpName = "HOST:PORT",
    };

    private readonly Option<string?> _scenario = new("--scenario")
    {
        Description = "What to say to the target: imaps, smtps, starttls-imap, ... Without it: nothing",
        HelpName = "NAME",
    };

    private readonly Option<string?> _ca = new("--ca")
    {
        Description = "Roots to trust the target by. Without it: those of the system",
        HelpName = "FILE",
    };

    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "The cells of a file that 'plan' wrote, and no others", HelpName = "FILE",
    };

    private readonly Option<string?> _shard = new("--shard")
    {
        Description = "Only this part of the plan: 'merge' joins the parts again. Without --plan each part plans for "
            + "itself, and they fit only if their endpoints are the same",
        HelpName = "I/N",
    };

    private readonly Option<string?> _resume = RunChoice.Option(
        "--resume", "Goes on with a run that was cut short, in its folder: what is finished stays");

    private readonly Option<bool> _changedOnly = new("--changed-only")
    {
        Description = "Takes over from an earlier run what was green there, if neither its endpoints nor the harness "
            + "have changed since, and it is not older than a week",
    };

    private readonly Option<string?> _since = RunChoice.Option(
        "--since", "The earlier run of --changed-only. Without it: the last one of the matrix");

    private readonly Option<Gate> _gate = GateOption();

    private const int UsualAttempts = 4;

    private readonly Option<int?> _workers = new("--workers")
    {
        Description = "Cells that run side by side, beside those that mostly wait. Without it: two a processor",
        HelpName = "N",
    };

    private readonly Option<double?> _deadline = new("--deadline")
    {
        Description = "Time that one cell has; twice that for the first of an endpoint. Without it: 10",
        HelpName = "SECONDS",
    };

    private readonly Option<int?> _attempts = new("--attempts")
    {
        Description = "How often a cell that is red is run in all: one that is red sometimes is told as flaky. "
            + "Without it: 4",
        HelpName = "N",
    };

    private readonly Option<bool> _timings = new("--timings") { Description = "Tells at the end where the time went" };

    private readonly Option<bool> _quiet = new("--quiet") { Description = "No progress, only the report" };

    private readonly Option<bool> _verbose = new("--verbose") { Description = "A line for each cell as it ends" };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "The report as JSON on standard output; what goes on is told on standard error",
    };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "Parent of the run's folder. Without it: runs/",
        HelpName = "FOLDER",
    };

    private RunCommand()
    {
        _engine.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "auto", "docker", "none");
        _cell.CompletionSources.Add(_ => MatrixChoice.CompletedCells());
        Above(_workers, 0);
        Above(_attempts, 0);
        Above(_deadline, 0);
    }

    /// <summary>The option by which commands say which reds fail a run.</summary>
    internal static Option<Gate> GateOption()
    {
        var gate = new Option<Gate>("--gate")
        {
            Description = "Which reds fail the run: all of them, or those of cells in matrices/required.txt alone",
            HelpName = "all|required",
        };
        gate.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "all", "required");
        return gate;
    }

    public static Command Create()
    {
        var run = new RunCommand();
        var command = new DocumentedCommand(
            "run",
            "Runs a matrix: real servers, real clients, captured, decoded, and compared with the snapshots",
            new Example("run", "the smoke matrix, all of it", NeedsEngine: true),
            new Example("run --filter 'exim@bookworm/**' --timings", "all cells of one server, and where the time went",
                NeedsEngine: true),
            new Example("run --local openssl=./apps/openssl", "the tree that was just built, against all others",
                NeedsEngine: true),
            new Example("run nightly --shard 2/8 --plan plan.json", "the second of eight parts of a plan",
                NeedsEngine: true),
            new Example("run --resume runs/20261122-021000-4711", "what a run that was cut short has not done yet",
                NeedsEngine: true),
            new Example("run --target mail.example.org:587 --scenario starttls-smtp",
                "the TLS of this machine against a server somewhere", NeedsEngine: true))
        {
            run._matrix, run._filter, run._cell, run._engine, run._local, run._target, run._scenario, run._ca,
            run._plan, run._shard, run._resume, run._changedOnly, run._since, run._gate, run._workers, run._deadline,
            run._attempts, run._timings, run._quiet, run._verbose, run._json, run._output,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(run._quiet) && result.GetValue(run._verbose))
                result.AddError("--quiet or --verbose, not both");
        });
        command.Check = run.Check;
        command.SetAction(run.RunAsync);
        return command;
    }

    /// <summary>The arguments of a command line that has no errors.</summary>
    /// <exception cref="UsageException">They name what is not there.</exception>
    /// <exception cref="EndpointException">A local stack is not there.</exception>
    internal RunArguments Read(ParseResult parsed, Repository repository)
    {
        var options = new RunOptions
        {
            Repository = repository,
            Engine = parsed.GetValue(_engine),
            Locals = Locals(parsed.GetValue(_local)!, repository),
            RunsFolder = parsed.GetValue(_output) is { } output ? Path.GetFullPath(output) : null,
        };
        options = options with { Attempts = parsed.GetValue(_attempts) ?? UsualAttempts };
        if (parsed.GetValue(_workers) is { } workers) options = options with { Workers = workers };
        if (parsed.GetValue(_deadline) is { } deadline)
            options = options with { Deadline = TimeSpan.FromSeconds(deadline) };
        var (planned, shard, resumed) = ReadPlan(parsed, repository);
        if (resumed is not null) options = options with { Resumed = resumed };
        if (parsed.GetValue(_since) is not null && !parsed.GetValue(_changedOnly))
            throw new UsageException("--since: Expected: --changed-only with it");
        var arguments = new RunArguments
        {
            Matrix = planned is null
                ? MatrixChoice.Find(parsed.GetValue(_matrix), repository)
                : Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(repository.Root, planned.File)),
            Options = options,
            Planned = planned,
            Shard = shard,
            ChangedOnly = parsed.GetValue(_changedOnly),
            Since = parsed.GetValue(_since) is { } since ? RunsOf(parsed, repository).Find(since) : null,
            Gate = parsed.GetValue(_gate),
            Filters = [.. parsed.GetValue(_filter)!.Select(Glob.Parse)],
            Cells = parsed.GetValue(_cell)!,
            Timings = parsed.GetValue(_timings),
            Quiet = parsed.GetValue(_quiet),
            Verbose = parsed.GetValue(_verbose),
        };
        arguments.Check();
        return arguments;
    }

    // What was planned before: in a file, or by the run that goes on.
    private (PlanFile? Planned, Shard? Shard, string? Resumed) ReadPlan(ParseResult parsed, Repository repository)
    {
        Shard? shard = null;
        if (parsed.GetValue(_shard) is { } text)
            shard = Shard.TryParse(text, out var part) ? part : throw new UsageException(
                $"--shard {text}: Expected: I/N, as in 2/8, with I from 1 to N and N at most {Shard.Most}");
        var (file, resumed) = (parsed.GetValue(_plan), parsed.GetValue(_resume));
        if (file is null && resumed is null) return (null, shard, null);
        var option = resumed is null ? _plan.Name : _resume.Name;
        if (parsed.GetValue(_filter)!.Length > 0 || parsed.GetValue(_cell)!.Length > 0)
            throw new UsageException($"{option}: its cells are chosen already; leave --filter and --cell out");
        if (resumed is not null)
        {
            if (file is not null || shard is not null || parsed.GetResult(_matrix) is { Tokens.Count: > 0 })
                throw new UsageException(
                    "--resume: the run's folder tells matrix, plan and shard; leave them out");
            var run = RecordedRun.Load(RunsOf(parsed, repository).Find(resumed));
            return (
                run.Plan ?? throw new UsageException($"--resume {resumed}: {string.Join("; ", run.Problems)}"),
                Shard.TryParse(run.Header?.Shard, out var own) ? own : null, run.Folder);
        }
        var planned = PlanFile.Read(file!);
        if (parsed.GetValue(_matrix) is { } matrix
            && Path.GetFullPath(MatrixChoice.Find(matrix, repository)) != Path.Combine(repository.Root, planned.File))
            throw new UsageException($"--plan {file}: it is a plan of {planned.File}, not of '{matrix}'");
        if (shard is null && planned.Shards > 1)
            throw new UsageException(
                $"--plan {file}: it has {planned.Shards} shards; say which: --shard 1/{planned.Shards}");
        if (shard is { } asked && asked.Of != planned.Shards)
            throw new UsageException(
                $"--shard {asked}: the plan of {file} has {planned.Shards} shards, not {asked.Of}");
        return (planned, shard, null);
    }

    // The runs among which names and words are looked for: those where this one's folder is to be.
    private EarlierRuns RunsOf(ParseResult parsed, Repository repository) =>
        new(RunAction.Shown(parsed.GetValue(_output) is { } output ? Path.GetFullPath(output) : repository.Runs));

    private void Check(ParseResult parsed)
    {
        var repository = Repository.Find();
        if (ReadTarget(parsed, repository) is null) Read(parsed, repository);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (ReadTarget(parsed, Repository.Find()) is { } target)
            return await new TargetAction(
                target, RunScreen.Of(parsed.InvocationConfiguration.Output, parsed.GetValue(_quiet)))
                .RunAsync(cancellationToken);
        var arguments = Read(parsed, Repository.Find());
        var console = parsed.InvocationConfiguration;
        var isJson = parsed.GetValue(_json);
        var screen = RunScreen.Of(isJson ? console.Error : console.Output, arguments.Quiet);
        using var interruption = new RunInterruption(Grace, Environment.Exit, screen.Progress.Note);
        interruption.Listen();
        return await new RunAction(
            arguments,
            async (options, say, begun, stop) => await RunSession.OpenAsync(options, say, begun, stop),
            screen,
            interruption,
            TimeProvider.System)
        {
            OnReport = isJson ? report => console.Output.WriteLine(RunReportJson.Of(report)) : null,
        }.RunAsync();
    }

    /// <summary>The arguments of a command line that has a target; null for one that has none.</summary>
    /// <exception cref="UsageException">They make no sense together, or name what is not there.</exception>
    internal TargetArguments? ReadTarget(ParseResult parsed, Repository repository)
    {
        if (parsed.GetValue(_target) is not { } target)
        {
            Option[] unused = [_scenario, _ca];
            return unused.FirstOrDefault(option => parsed.GetResult(option) is not null) is { } alone
                ? throw new UsageException($"{alone.Name}: Expected: --target HOST:PORT with it")
                : null;
        }
        Symbol[] ofMatrices =
        [
            _matrix, _filter, _cell, _engine, _local, _plan, _shard, _resume, _changedOnly, _since, _gate, _workers,
            _attempts, _timings, _verbose, _json,
        ];
        var extra = ofMatrices.FirstOrDefault(symbol => symbol switch
        {
            Option option => parsed.GetResult(option) is { Implicit: false },
            Argument argument => parsed.GetResult(argument) is { Tokens.Count: > 0 },
            _ => false,
        });
        if (extra is not null) throw new UsageException($"--target: {extra.Name} is of matrices, and there is none");
        var ca = parsed.GetValue(_ca) is { } file ? Path.GetFullPath(file) : null;
        if (ca is not null && !File.Exists(ca)) throw new UsageException($"--ca {ca}: there is no such file");
        var options = new RunOptions
        {
            Repository = repository,
            RunsFolder = parsed.GetValue(_output) is { } output ? Path.GetFullPath(output) : null,
        };
        if (parsed.GetValue(_deadline) is { } deadline)
            options = options with { Deadline = TimeSpan.FromSeconds(deadline) };
        return new(Target.Parse(target), parsed.GetValue(_scenario), ca, options);
    }

    private static Dictionary<string, string> Locals(string[] texts, Repository repository)
    {
        var locals = texts.Select(LocalBinaries.Parse).ToDictionary(StringComparer.Ordinal);
        if (locals.Count == 0) return locals;
        var known = repository.Catalogue().Definitions.Keys;
        foreach (var name in locals.Keys.Except(known, StringComparer.Ordinal))
            throw new UsageException($"--local {name}: {NearMatch.Unknown("endpoint", name, known)}");
        return locals;
    }

    internal static void Above<T>(Option<T?> option, int limit)
        where T : struct, IComparable, IConvertible => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && double.TryParse(token.Value, out var value) && value <= limit)
            result.AddError($"{option.Name} {token.Value}: Expected: more than {limit}");
    });
}

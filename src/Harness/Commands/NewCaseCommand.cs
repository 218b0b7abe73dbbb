using System.CommandLine;
using TlsInterop.Harness.Cases;
using TlsInterop.Harness.Import;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Profiles;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Scripted.Profiles;
using Command = System.CommandLine.Command;

namespace TlsInterop.Harness.Commands;

/// <summary><c>new-case</c>: a bug report becomes a reproducer that runs for ever.</summary>
internal sealed class NewCaseCommand
{
    private readonly Argument<string> _id = new("ID")
    {
        Description = "What the case is called: the name of its folder and of its client's profile",
    };

    private readonly Option<string> _from = new("--from")
    {
        Description = "What was reported: a capture, a text of ssldump, openssl or gnutls-cli, or a hex dump",
        HelpName = "FILE", Required = true,
    };

    private readonly Option<string> _server = new("--server")
    {
        Description = "The server that was reported, or the one that is most like it", HelpName = "ENDPOINT",
        Required = true,
    };

    private readonly Option<string?> _scenario = new("--scenario")
    {
        Description = "What the two do. Without it: the first that both have", HelpName = "NAME",
    };

    private readonly Option<string> _certificate = new("--certificate")
    {
        Description = "The server's certificate: a profile, as expired", HelpName = "PROFILE",
        DefaultValueFactory = _ => CertificateProfile.Default,
    };

    private readonly Option<string[]> _reaction = new("--reaction")
    {
        Description = "What the client can't bear, and how it ends: TRIGGER=close, =silence or =ALERT. May be repeated",
        HelpName = "TRIGGER=HOW", DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _title = new("--title")
    {
        Description = "What was reported, in a sentence. Without it: what its cell shows", HelpName = "TEXT",
    };

    private readonly Option<string[]> _link = new("--link")
    {
        Description = "Where it was reported. May be repeated", HelpName = "URL", DefaultValueFactory = _ => [],
    };

    private readonly Option<int?> _connection = new("--connection")
    {
        Description = "Which connection of the file, from 1. Without it: the first with a ClientHello", HelpName = "N",
    };

    private readonly Option<bool> _noRun = new("--no-run") { Description = "Write it, and don't run it" };

    public static Command Create()
    {
        var made = new NewCaseCommand();
        var command = new DocumentedCommand(
            "new-case",
            "Makes a reproducer of a bug report: a folder of tests/Interop/Cases, run with the tests and every night",
            new Example(
                "new-case mail-expired --from ssldump.txt --server cyrus@bullseye --certificate expired "
                    + "--reaction expired-certificate=close",
                "the client of a text, which closes at a certificate that has expired", NeedsEngine: true),
            new Example(
                "new-case phone-fails --from capture.pcapng --server exim@trixie --scenario starttls-smtp",
                "the client of a capture as it is: if it does not fail as reported, that is said, and what to try",
                NeedsEngine: true))
        {
            made._id, made._from, made._server, made._scenario, made._certificate, made._reaction, made._title,
            made._link, made._connection, made._noRun,
        };
        command.Statuses =
        [
            (ExitStatus.Green, "written; its cell fails as it was reported, or was not run"),
            (ExitStatus.Red, "written; its cell does not fail as it was reported, or the ClientHello is incomplete"),
            (ExitStatus.Unusable, "wrong arguments, or a report without a ClientHello: not written. Or written, and "
                + "its cell can't run"),
        ];
        command.Words = [.. Triggers.All.Select(trigger => (trigger.Name, trigger.What))];
        command.SetAction((parsed, cancellationToken) => made.RunAsync(parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var repository = Repository.Find();
        var console = parsed.InvocationConfiguration;
        var made = Read(parsed, repository);
        var folder = CaseWriter.Write(made, repository.Cases);
        var shown = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder);
        console.Output.WriteLine($"written   {shown}/{{case.yaml,profile.yaml,README.md}}");
        if (CaseWriter.TakesReport(made)) console.Output.WriteLine($"public    {PublicReport.Text(made.Report)}");
        console.Output.WriteLine($"cell      {made.Cell.Id}");
        CellResult? result = null;
        if (!parsed.GetValue(_noRun))
        {
            result = await NewCaseRun.RunAsync(
                made, folder, repository, console.Error.WriteLine, cancellationToken);
            console.Output.WriteLine($"verdict   {result.Verdict.ToString().ToLowerInvariant()}"
                + (result.Got is null ? "" : $": {result.Got}"));
            console.Output.WriteLine($"diagnosis {result.Diagnosis?.ToString() ?? "none"}");
        }
        var answer = new NewCaseAnswer(made, result);
        if (answer.Confirmation is { } confirmation) console.Output.WriteLine($"reported  {confirmation}");
        var warnings = answer.Warnings().ToList();
        foreach (var line in warnings) console.Output.WriteLine(line);
        console.Output.WriteLine($"next      tell in {shown}/{CaseFile.ReadmeName} what was reported, then");
        console.Output.WriteLine($"          {AgainLine.Of("./interop run cases", made.Cell.Id)}");
        console.Output.WriteLine($"          git add {shown}");
        return warnings.Count > 0 ? ExitStatus.Red : ExitStatus.Green;
    }

    private NewCase Read(ParseResult parsed, Repository repository)
    {
        var id = parsed.GetRequiredValue(_id);
        if (!ProfileNames.IsOne(id))
            throw new UsageException($"ID {id}: Expected: lower-case letters, digits, '-' and '.', 40 at most");
        if (Directory.Exists(Path.Combine(repository.Cases, id)))
            throw new UsageException($"there is a case '{id}' already: {Path.Combine(repository.Cases, id)}");
        var catalogue = repository.Catalogue();
        if (catalogue.Definitions["scripted"].Profiles.ContainsKey(id))
            throw new UsageException($"there is a client '{id}' already, which is part of the endpoint 'scripted'");
        var (definition, server) = EndpointsCommand.Find(parsed.GetRequiredValue(_server), catalogue);
        if (definition.Server is null) throw new UsageException($"'{definition.Name}' cannot be a server");
        if (server.Version is null && definition.VersionNames().Count > 0)
            throw new UsageException(
                $"'{server}' has versions: name one, as {server}@{definition.VersionNames()[0]}");
        var scenario = parsed.GetValue(_scenario) ?? NewCase.UsualScenario(catalogue, server)
            ?? throw new UsageException($"{server} and the scripted client have no scenario in common");
        if (!catalogue.Scenarios.ContainsKey(scenario))
            throw new UsageException(NearMatch.Unknown("scenario", scenario, catalogue.Scenarios.Keys));
        var certificate = parsed.GetRequiredValue(_certificate);
        if (CertificateProfile.Find(certificate) is null)
            throw new UsageException(NearMatch.Unknown(
                "certificate", certificate, CertificateProfile.All.Select(profile => profile.Name)));
        List<Reaction> reactions = [.. parsed.GetValue(_reaction)!.Select(Reaction)];
        var report = parsed.GetRequiredValue(_from);
        var imported = ImportFile.Read(
            report, new() { Name = id, Connection = parsed.GetValue(_connection) });
        if (imported.Profile is null)
            throw new UsageException(
                $"{report}: Expected: a ClientHello with its suites. Got: none; no case is written.\n  "
                + string.Join("\n  ", imported.Remarks));
        return new()
        {
            Id = id,
            Report = report,
            Imported = imported,
            Server = server,
            Scenario = scenario,
            Certificate = certificate,
            Title = parsed.GetValue(_title),
            Links = [.. parsed.GetValue(_link)!.Select(Link)],
            Reactions = reactions,
        };
    }

    private static Uri Link(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Scheme is "https" or "http"
            ? link
            : throw new UsageException($"--link {text}: Expected: an http or https link");

    private static Reaction Reaction(string text)
    {
        if (text.Split('=') is not [var to, var with])
            throw new UsageException($"--reaction {text}: Expected: TRIGGER=close, TRIGGER=silence or TRIGGER=ALERT");
        var names = Triggers.All.Select(known => known.Name).ToList();
        var trigger = Triggers.Find(to) ?? throw new UsageException(
            $"--reaction {text}: {NearMatch.Unknown("trigger", to, names)}\n  known: {string.Join(", ", names)}");
        return ReactionWords.Find(trigger, with)
            ?? throw new UsageException($"--reaction {text}: Expected: {ReactionWords.Known}. Got: {with}");
    }
}

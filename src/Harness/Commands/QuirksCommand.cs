using System.CommandLine;
using TlsInterop.Harness.Cases;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Scripted.Quirks;
using Command = System.CommandLine.Command;

namespace TlsInterop.Harness.Commands;

/// <summary><c>quirks</c>: how a scripted end can depart from the plain handshake.</summary>
internal static class QuirksCommand
{
    private const int MostCells = 5;

    private static readonly (QuirkSide Side, string Words)[] Sides =
    [
        (QuirkSide.Client, "the scripted client"), (QuirkSide.Server, "the scripted server"),
    ];

    private static readonly (QuirkEnding Ending, string Words)[] Endings =
    [
        (QuirkEnding.Taken, "the peer takes it, and all goes on"),
        (QuirkEnding.Refused, "the peer ends the connection"), (QuirkEnding.Left, "who has the quirk leaves"),
    ];

    public static Command Create()
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "One of them, with all there is to say. Without it: all",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new DocumentedCommand(
            "quirks",
            "Lists the quirks of the scripted client and server: what an end does, what that provokes, and who says so",
            new Example("quirks", "all of them; a block of a matrix takes them as 'quirk: [NAME, ...]'"),
            new Example("quirks empty-records", "one, with its versions, how it may end, and the cells that try it"))
        {
            name,
        };
        command.SetAction(parsed =>
        {
            var page = new PageWriter(parsed.InvocationConfiguration.Output);
            if (parsed.GetValue(name) is { } word)
            {
                Tell(page, Find(word), Repository.Find());
                return ExitStatus.Green;
            }
            foreach (var quirk in AllQuirks.All) Describe(page, quirk, Versions(quirk));
            return ExitStatus.Green;
        });
        return command;
    }

    private static Quirk Find(string name) => AllQuirks.Find(name) ?? throw new UsageException(
        NearMatch.Unknown("quirk", name, AllQuirks.All.Select(known => known.Name))
            + $"\n'{CommandTree.Program} quirks' lists all {AllQuirks.All.Count}.");

    private static void Describe(PageWriter page, Quirk quirk, string versions = "")
    {
        page.Line("", quirk.Name);
        page.Line("  does      ", quirk.Does + versions);
        page.Line("  provokes  ", quirk.Provokes);
        page.Line("  source    ", quirk.Source);
    }

    private static void Tell(PageWriter page, Quirk quirk, Repository repository)
    {
        Describe(page, quirk);
        page.Line("  of        ", Words(Sides.Where(row => quirk.Of.HasFlag(row.Side)).Select(row => row.Words)));
        page.Line("  versions  ", quirk.Oldest == quirk.Newest
            ? $"{quirk.Oldest}" : $"{quirk.Oldest} to {quirk.Newest}");
        if (quirk.IsOfCbc) page.Line("  suites    ", "those of CBC: no other records show it");
        page.Line("  may end   ", Words(Endings.Where(row => quirk.Ends.HasFlag(row.Ending)).Select(row => row.Words)));

        var plans = Plans(quirk, repository).ToList();
        foreach (var (plan, cells) in plans)
        {
            page.Line("  tried by  ", $"{plan.Name}, {Plural.Of(cells.Count, "cell")}: "
                + $"{CommandTree.Program} run {plan.Name} --filter '**-{quirk.Name}'");
            foreach (var cell in cells.Take(MostCells)) page.Line("            ", cell.Id);
            if (cells.Count > MostCells) page.Line("            ", $"and {cells.Count - MostCells} more");
        }
        if (plans.Count == 0) page.Line("  tried by  ", "no matrix");

        var all = plans.SelectMany(plan => plan.Cells).ToList();
        var known = KnownFailures.Load(repository.KnownFailures).Beside(ReportedCases.Load(repository.Cases).Failures);
        foreach (var failure in all.SelectMany(known.For).Distinct())
            page.Line("  fails     ", $"{failure.Cells}: {failure.Reason} "
                + $"({Path.GetRelativePath(repository.Root, failure.File)}:{failure.Line})");
    }

    // What names no quirk need not be expanded, which takes a while of the large ones.
    private static IEnumerable<(MatrixPlan Plan, List<Cell> Cells)> Plans(Quirk quirk, Repository repository)
    {
        var catalogue = repository.Catalogue();
        return repository.MatrixNames.Select(name => Path.Combine(repository.Matrices, name + ".yaml"))
            .Where(path => File.ReadAllText(path).Contains("quirk:", StringComparison.Ordinal)).Append(repository.Cases)
            .Select(path => repository.Plan(path, catalogue))
            .Select(plan => (plan, plan.Cells.Where(cell => cell.Quirk == quirk.Name).ToList()))
            .Where(row => row.Item2.Count > 0);
    }

    private static string Words(IEnumerable<string> words) => string.Join(", or ", words);

    private static string Versions(Quirk quirk) =>
        quirk.Oldest.IsTls13 ? $" ({quirk.Oldest} only)"
        : !quirk.Newest.IsTls13 ? $" (up to {quirk.Newest})"
        : "";
}

using System.CommandLine;
using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Commands;

/// <summary>The words by which commands say which recorded runs they mean.</summary>
internal static class RunChoice
{
    /// <summary>Which run one is compared with, if nobody says which.</summary>
    public const string EarlierRule =
        "the youngest run before it with the same plan, or if there is none, of the same matrix, shard and patterns, "
            + "of those beside it and those of --runs";

    private const int Completed = 30;

    /// <summary>The folder that runs are in.</summary>
    public static Option<string?> Parent() => new("--runs")
    {
        Description = "The folder that runs are in. Without it: runs/ of the checkout",
        HelpName = "FOLDER",
    };

    /// <summary>An option that names a run: a folder, a journal, a name in runs/, or a word for one.</summary>
    public static Option<string?> Option(string name, string description)
    {
        var option = new Option<string?>(name)
        {
            Description = $"{description}. As in 'compare': a folder, the name of one in runs/, 'latest' or 'previous'",
            HelpName = "RUN",
        };
        option.CompletionSources.Add(_ => Names());
        return option;
    }

    /// <summary>Arguments that name runs.</summary>
    public static Argument<string[]> Arguments(string description, int most)
    {
        var argument = new Argument<string[]>("RUN")
        {
            Description = description,
            HelpName = "RUN",
            Arity = new ArgumentArity(0, most),
            // Of an arity of one the parser makes no list by itself.
            CustomParser = result => [.. result.Tokens.Select(token => token.Value)],
        };
        argument.CompletionSources.Add(_ => Names());
        return argument;
    }

    /// <summary>The runs of the folder that is meant.</summary>
    public static EarlierRuns In(string? parent) => new(ParentOf(parent));

    /// <summary>The folder that is meant, as a person would write it.</summary>
    public static string ParentOf(string? parent) => RunAction.Shown(Path.GetFullPath(
        parent ?? (Checkout() is { } root ? new Repository(root).Runs : "runs")));

    /// <summary>A run beside an earlier one; null if there is no earlier one and none was asked for.</summary>
    /// <param name="run">The run.</param>
    /// <param name="against">The earlier one, if somebody said which.</param>
    /// <param name="runs">The runs among which it is looked for, as among those beside it.</param>
    public static RunComparison? Compared(RecordedRun run, string? against, EarlierRuns runs)
    {
        // Runs that are kept elsewhere have their earlier ones there.
        var beside = new EarlierRuns(Path.GetDirectoryName(run.Folder) ?? run.Folder);
        var earlier = against is not null ? runs.Find(against) : beside.Before(run, runs);
        return earlier is null ? null : RunComparison.Of(RecordedRun.Load(earlier), run);
    }

    private static IEnumerable<string> Names() => In(null).Entries.Reverse().Take(Completed)
        .Select(entry => entry.Name).Prepend(EarlierRuns.Previous).Prepend(EarlierRuns.Latest);

    /// <summary>The checkout; null if there is none: what was recorded can be read without.</summary>
    public static string? Checkout()
    {
        try
        {
            return Repository.Find().Root;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }
}

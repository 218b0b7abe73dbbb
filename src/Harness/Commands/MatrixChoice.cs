using System.CommandLine;
using System.Globalization;
using TlsInterop.Harness.Cases;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Commands;

/// <summary>The words by which commands say which cells they mean: a matrix, and patterns over ids.</summary>
internal static class MatrixChoice
{
    public static Argument<string?> Matrix()
    {
        var argument = new Argument<string?>("MATRIX")
        {
            Description =
                "A matrix file, the name of one in matrices/, or 'cases' for all bug reports. Without it: smoke",
            HelpName = "MATRIX",
            Arity = ArgumentArity.ZeroOrOne,
        };
        argument.CompletionSources.Add(_ => RunChoice.Checkout() is { } root
            ? new Repository(root).MatrixNames.Append(ReportedCases.PlanName) : []);
        return argument;
    }

    public static Option<string[]> Filter()
    {
        var option = new Option<string[]>("--filter")
        {
            Description =
                "Only cells whose whole id matches: '*' without '/', '**' with it, '?', '{a,b}'. May be repeated",
            HelpName = "GLOB",
            DefaultValueFactory = _ => [],
        };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!Glob.TryParse(token.Value, out _, out var problem))
                    result.AddError($"--filter {token.Value}: {problem}");
            }
        });
        return option;
    }

    /// <summary>The endpoints of the checkout, with versions where there are some.</summary>
    public static IEnumerable<string> Endpoints() => RunChoice.Checkout() is { } root
        ? new Repository(root).Catalogue().Definitions.Values.SelectMany(
            endpoint => endpoint.VersionNames() is { Count: > 0 } names
            ? names.Select(version => $"{endpoint.Name}@{version}")
            : [endpoint.Name])
        : [];

    /// <summary>
    /// The ids that a shell may complete: those of the smoke matrix, as others take a while to be planned.
    /// </summary>
    public static IEnumerable<string> CompletedCells()
    {
        if (RunChoice.Checkout() is not { } root) return [];
        try
        {
            var repository = new Repository(root);
            return [.. repository.Plan(repository.Smoke, repository.Catalogue()).Cells.Select(cell => cell.Id)];
        }
        catch (Exception broken) when (FailureText.Of(broken) is not null)
        {
            // A shell in the midst of a line is no place to tell it.
            return [];
        }
    }

    /// <summary>The file that is meant: a path, or a name in the repository's <c>matrices</c>.</summary>
    /// <exception cref="UsageException">It is no path, and no name that there is.</exception>
    public static string Find(string? matrix, Repository repository)
    {
        if (matrix is null) return Path.GetRelativePath(Directory.GetCurrentDirectory(), repository.Smoke);
        if (File.Exists(matrix)) return matrix;
        if (matrix == ReportedCases.PlanName)
            return Path.GetRelativePath(Directory.GetCurrentDirectory(), repository.Cases);
        var named = Path.Combine(repository.Matrices, matrix + ".yaml");
        if (File.Exists(named)) return Path.GetRelativePath(Directory.GetCurrentDirectory(), named);
        return Path.GetExtension(matrix).Length > 0 || matrix.Contains(Path.DirectorySeparatorChar)
            ? matrix
            : throw new UsageException(NearMatch.Unknown(
                "matrix", matrix, [.. repository.MatrixNames, ReportedCases.PlanName]));
    }

    /// <summary>A sentence for patterns and ids that choose nothing.</summary>
    /// <param name="whole">The plan that they choose from, all of it.</param>
    /// <param name="patterns">The patterns.</param>
    /// <param name="all">
    /// What shows all ids, with their number as <c>{0}</c>; null for <c>list</c>, which shows those to run.
    /// </param>
    public static string NothingChosen(MatrixPlan whole, IEnumerable<string> patterns, string? all = null)
    {
        var lines = new List<string>();
        var cells = whole.Cells.Concat(whole.Skipped.Select(skipped => skipped.Cell)).ToList();
        foreach (var pattern in patterns)
        {
            var none = $"'{pattern}' matches no cell of the matrix '{whole.Name}'";
            if (MissingWord.Of(pattern, cells) is { } missing)
            {
                lines.Add($"{none}: it has {missing}");
                continue;
            }
            var near = whole.Find(pattern).NearMatches;
            lines.Add($"{none}." + (near.Count > 0 ? $" Nearest:\n  {string.Join("\n  ", near)}" : ""));
        }
        lines.Add(string.Format(
            CultureInfo.InvariantCulture, all ?? $"'{CommandTree.Program} list' of this matrix shows all {{0}} ids.",
            whole.Cells.Count));
        return string.Join('\n', lines);
    }
}

using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Verdicts;

/// <summary>The failures that are known, as <c>matrices/known-failures.yaml</c> lists them.</summary>
public sealed class KnownFailures(IReadOnlyList<KnownFailure> entries)
{
    private const int DaysOfWarning = 14;

    private IReadOnlyList<KnownFailure> _others = [];

    /// <summary>Nothing is known to fail.</summary>
    public static readonly KnownFailures None = new([]);

    /// <summary>Every entry, in the order of the file.</summary>
    public IReadOnlyList<KnownFailure> Entries { get; } = entries;

    /// <summary>Reads a file.</summary>
    /// <exception cref="MatrixException">The file cannot be used; every problem is in it.</exception>
    public static KnownFailures Load(string path) => new(KnownFailuresReader.Read(YamlFile.Load(path)));

    /// <summary>Reads a text.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="fileName">The file's name for messages.</param>
    /// <exception cref="MatrixException">The text cannot be used; every problem is in it.</exception>
    public static KnownFailures Parse(string text, string fileName) =>
        new(KnownFailuresReader.Read(YamlFile.Parse(text, fileName)));

    /// <summary>The same, with failures that stand elsewhere: their own files answer for them.</summary>
    public KnownFailures Beside(IReadOnlyList<KnownFailure> others) => new(Entries) { _others = others };

    /// <summary>The entries that speak about a cell.</summary>
    public IReadOnlyList<KnownFailure> For(Cell cell)
    {
        var id = cell.Id;
        return [.. Entries.Concat(_others).Where(entry => entry.Cells.IsMatch(id))];
    }

    /// <summary>Judges what a cell did.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="observed">How it failed; null if it passed.</param>
    /// <param name="today">The day of the run, UTC.</param>
    public Expectation Judge(Cell cell, FailureSignature? observed, DateOnly today)
    {
        var known = For(cell);
        if (known.Count == 0)
        {
            return observed is null
                ? new Expectation(ExpectationKind.ExpectedPass, null, "")
                : new Expectation(ExpectationKind.UnexpectedFailure, null, "nothing is known about this failure");
        }
        if (observed is null && known.All(entry => entry.IsSometimes))
            return new Expectation(ExpectationKind.ExpectedPass, null, "");
        if (observed is null)
        {
            var why =
                $"Expected a failure ({known[0].Reason}). Got: pass. Remove or narrow the entry at {Place(known[0])}";
            return new Expectation(ExpectationKind.UnexpectedPass, known[0], why);
        }
        var pinned = known.Where(entry => entry.Signature.Differences(observed).Count == 0)
            .OrderBy(entry => entry.HasExpired(today)).FirstOrDefault();
        if (pinned is null)
        {
            var differences = string.Join("; ", known[0].Signature.Differences(observed));
            return new Expectation(
                ExpectationKind.OtherFailure, known[0],
                $"{differences}. Known at {Place(known[0])}: {known[0].Reason}");
        }
        return pinned.HasExpired(today)
            ? new Expectation(
                ExpectationKind.ExpiredFailure, pinned,
                $"the entry at {Place(pinned)} counted until {pinned.Expires:yyyy-MM-dd}: {pinned.Reason}")
            : new Expectation(ExpectationKind.ExpectedFailure, pinned, pinned.Reason);
    }

    /// <summary>
    /// What is wrong with the list itself: entries that have expired, and entries that match no cell of any matrix.
    /// </summary>
    /// <param name="plans">The matrices, each whole. Those behind the last that an entry needs are not asked
    /// for.</param>
    /// <param name="today">The day of the run, UTC.</param>
    public IReadOnlyList<FileProblem> Check(IEnumerable<MatrixPlan> plans, DateOnly today)
    {
        var expired = Entries.Where(entry => entry.HasExpired(today)).Select(entry => Problem(
            entry,
            $"'{entry.Cells}' expired on {entry.Expires:yyyy-MM-dd}: look at it again, then remove it or move the "
                + "date"));
        return [.. expired.Concat(Idle(plans)).OrderBy(problem => (problem.Line, problem.Column))];
    }

    /// <summary>Entries that still count, and soon won't: whoever has to look at them has time for it.</summary>
    public IReadOnlyList<FileProblem> Expiring(DateOnly today) =>
    [
        .. Entries.Concat(_others)
            .Where(entry => !entry.HasExpired(today) && entry.Expires < today.AddDays(DaysOfWarning))
            .Select(entry => Problem(entry, $"'{entry.Cells}' expires on {entry.Expires:yyyy-MM-dd}, in "
                + $"{entry.Expires.DayNumber - today.DayNumber} days: look at it again, then remove it or move the "
                + "date")),
    ];

    private IEnumerable<FileProblem> Idle(IEnumerable<MatrixPlan> plans)
    {
        var idle = Entries;
        var names = new List<string>();
        var ids = new List<string>();
        if (idle.Count == 0) yield break;
        foreach (var plan in plans)
        {
            names.Add($"'{plan.Name}'");
            var own = plan.Cells.Select(cell => cell.Id).ToList();
            idle = [.. idle.Where(entry => !own.Any(entry.Cells.IsMatch))];
            if (idle.Count == 0) yield break;
            ids.AddRange(own);
        }
        foreach (var entry in idle)
        {
            var near = entry.Cells.Text.Length <= CellId.MaxLength ? NearMatch.Closest(entry.Cells.Text, ids, 1) : [];
            var nearest = near.Count > 0 ? $"; the nearest is '{near[0]}'" : "";
            yield return Problem(
                entry, $"'{entry.Cells}' matches no cell of the matrices {string.Join(", ", names)}{nearest}");
        }
    }

    private static FileProblem Problem(KnownFailure entry, string message) =>
        new(entry.File, entry.Line, entry.Column, message);

    private static string Place(KnownFailure entry) => $"{entry.File}:{entry.Line}:{entry.Column}";
}

using TlsInterop.Harness.Reports.Comparison;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>What the list of cells can be narrowed by.</summary>
internal static class ReportChoices
{
    private const int MostCauses = 60;

    private static readonly (string Name, string Title, Func<CellNames, string> Part)[] Parts =
    [
        (ViewAddress.Server, "server", names => names.Server),
        (ViewAddress.Client, "client", names => names.Client),
        ("scenario", "scenario", names => names.Scenario),
        ("version", "version", names => names.Version),
        ("suite", "suite", names => names.Suite),
    ];

    /// <summary>The choices that cells leave.</summary>
    public static IReadOnlyList<FilterChoice> Of(IReadOnlyList<ListedCell> cells) =>
    [
        .. Parts.Select(part => new FilterChoice(part.Name, part.Title,
        [
            .. cells.Select(cell => part.Part(cell.Names)).Where(value => value.Length > 0)
                .Distinct().Order(StringComparer.Ordinal)
                .GroupBy(value => part.Name is ViewAddress.Server or ViewAddress.Client ? value.Split('@')[0] : value)
                .SelectMany(WithStack).Select(value => (value.Value, value.Word)),
        ])),
        new(ViewAddress.Verdict, "verdict",
        [
            ("red", "all red"),
            .. ListedState.All.Where(state => cells.Any(cell => cell.State == state))
                .Select(state => (state.Key, state.Word)),
        ]),
        new(ViewAddress.Change, "change",
        [
            .. cells.Select(cell => cell.Change).OfType<ChangeKind>().Distinct().Order()
                .Select(kind => (ChangeKinds.NameOf(kind), ChangeKinds.Counted(kind))),
        ]),
        // The script adds what an address asks for beside these.
        new(ViewAddress.Cause, "cause",
        [
            .. cells.Where(cell => cell.Result is not null && cell.Note.Length > 0).CountBy(cell => cell.Note)
                .OrderByDescending(row => row.Value).Take(MostCauses).Select(row => (row.Key, row.Key)),
        ]),
    ];

    // A stack's name alone stands for all its versions.
    private static IEnumerable<(string Value, string Word)> WithStack(IGrouping<string, string> versions)
    {
        var values = versions.ToList();
        if (values.Count > 1 && !values.Contains(versions.Key)) yield return (versions.Key, $"{versions.Key}, each");
        foreach (var value in values) yield return (value, value);
    }
}

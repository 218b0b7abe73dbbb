using TlsInterop.Harness.Reports.Comparison;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>Cells of which the same became since the earlier run.</summary>
/// <param name="Kind">What became of them.</param>
/// <param name="Count">How many.</param>
/// <param name="First">The first of them; the list has all.</param>
public sealed record ChangeView(ChangeKind Kind, int Count, IReadOnlyList<CellLink> First)
{
    /// <summary>Cells that the first page names of each.</summary>
    private const int Shown = 12;

    // What a reader has to open: the rest was there before, or is good news.
    private static readonly Dictionary<Tone, string> Marks = new()
    {
        [Tone.Bad] = "✕", [Tone.Warning] = "Δ", [Tone.Good] = "✓", [Tone.Place] = "+",
    };

    /// <summary>Its word in addresses and data.</summary>
    public string Key => ChangeKinds.NameOf(Kind);

    /// <summary>Its sign.</summary>
    public string Mark => Marks.GetValueOrDefault(Tone, "·");

    public Tone Tone => ChangeKinds.ToneOf(Kind);

    /// <summary>The changes of cells, the worst first; what is as before is none.</summary>
    internal static IReadOnlyList<ChangeView> Of(IEnumerable<ListedCell> cells) =>
    [
        .. cells.Where(cell => cell.Change is not (null or ChangeKind.Unchanged)).GroupBy(cell => cell.Change!.Value)
            .OrderBy(group => group.Key)
            .Select(group => new ChangeView(group.Key, group.Count(), [.. group.Take(Shown).Select(CellLink.Of)])),
    ];
}

using TlsInterop.Harness.Reports.Exports;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>A comparison for a comment on a pull request.</summary>
public static class ComparisonMarkdown
{
    private const int ShownOfAKind = 50;

    /// <summary>The page; what there is no room for is counted.</summary>
    public static string Of(RunComparison comparison)
    {
        var page = new MarkdownPage();
        page.Add(MarkdownPage.Marker($"compare {comparison.After.Matrix}"));
        page.Add($"## What changed in {MarkdownPage.Code(comparison.NameOf(comparison.After))} since "
            + $"{MarkdownPage.Code(comparison.NameOf(comparison.Before))}\n\n{ComparisonText.Summary(comparison)}\n");
        Add(page, comparison);
        return page.ToString();
    }

    /// <summary>Adds problems, remarks, endpoints and cells to a page.</summary>
    internal static void Add(MarkdownPage page, RunComparison comparison)
    {
        var said = ComparisonText.Problems(comparison).Concat(comparison.Remarks)
            .Concat(comparison.Endpoints.Select(change => change.ToString())).ToList();
        if (said.Count > 0) page.Add("\n");
        foreach (var sentence in said) page.Add($"* {MarkdownPage.Code(sentence)}\n");
        foreach (var kind in Enum.GetValues<ChangeKind>().Where(kind => kind != ChangeKind.Unchanged))
        {
            if (!comparison.Counts.TryGetValue(kind, out var count)) continue;
            var heading = $"{count} {ChangeKinds.Counted(kind, count)}: {ChangeKinds.Meaning(kind, count)}";
            if (!page.Add($"\n### {heading}\n\n")) break;
            var shown = comparison.Of(kind).Take(ShownOfAKind)
                .TakeWhile(change => page.Add(Line(change))).Count();
            if (shown < count) page.AddLast($"* … and {count - shown} more\n");
        }
    }

    private static string Line(CellChange change)
    {
        var said = change.Differences.Append(change.Reason).OfType<string>().Select(MarkdownPage.Code);
        return $"* {string.Join("; ", said.Prepend(MarkdownPage.Code(change.Cell)))}\n";
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>A comparison for programs. Cells that are as before are counted, and not listed.</summary>
public static class ComparisonJson
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
    };

    /// <summary>The document.</summary>
    public static string Of(RunComparison comparison) => JsonSerializer.Serialize(
        new
        {
            Before = Run(comparison.Before),
            After = Run(comparison.After),
            comparison.Remarks,
            comparison.Endpoints,
            Counts = comparison.Counts.OrderBy(entry => entry.Key)
                .ToDictionary(entry => ChangeKinds.NameOf(entry.Key), entry => entry.Value),
            Regressions = comparison.Regressions.Count(),
            Changes = comparison.Changes.Where(change => change.Kind != ChangeKind.Unchanged),
        },
        Json);

    private static object Run(RecordedRun run) => new
    {
        run.Name, run.Matrix, run.Started, run.Header?.Shard, run.IsWhole, Results = run.Results.Count, run.Problems,
    };
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;

namespace TlsInterop.Harness.Reports;

/// <summary>The same for programs.</summary>
public static class MinimiseJson
{
    public static readonly JsonSerializerOptions Options =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// One object: <c>ending</c> (answered, exhausted, stopped, flaky, green, cannotRun), <c>conditions</c> with the
    /// values of each dimension that stay <c>red</c>, go <c>away</c>, fail <c>otherwise</c> and are <c>untried</c>,
    /// <c>irrelevant</c>, <c>blame</c>, <c>departs</c>, <c>firstDifference</c>, <c>versions</c> and <c>runs</c>.
    /// </summary>
    public static JsonObject Of(Minimised told)
    {
        var search = told.Search;
        var dimensions = search.Neighbourhood.Dimensions;
        return new()
        {
            ["cell"] = told.Failure.Id,
            ["ending"] = JsonNamingPolicy.CamelCase.ConvertName(search.Ending.ToString()),
            ["got"] = told.Failed?.Got,
            ["cause"] = told.Failed?.Diagnosis is { } cause ? new JsonObject
            {
                ["id"] = cause.Cause, ["sentence"] = cause.Sentence, ["confidence"] = cause.Confidence,
            } : null,
            ["clauses"] = Array(
                told.Blame is null && !told.IsOfDevice ? [] : ConditionWords.Clauses(search, told.Failure)),
            ["conditions"] = new JsonArray([.. search.Conditions.Select(condition => new JsonObject
            {
                ["dimension"] = dimensions[condition.Dimension].Name,
                ["red"] = Values(condition.Dimension, condition.Red),
                ["away"] = Values(condition.Dimension, Cured(search, condition, isOtherwise: false)),
                ["otherwise"] = Values(condition.Dimension, Cured(search, condition, isOtherwise: true)),
                ["untried"] = Values(condition.Dimension, condition.Untried),
                ["orElse"] = Array(condition.OrElse.Select(dimension => dimensions[dimension].Name)),
            })]),
            ["irrelevant"] = new JsonArray([.. search.Irrelevant.Select(item => new JsonObject
            {
                ["dimension"] = dimensions[item.Dimension].Name, ["tried"] = Values(item.Dimension, item.Tried),
            })]),
            ["unknown"] = Array(search.Unknown.Select(dimension => dimensions[dimension].Name)),
            ["blame"] = told.Blame is { } blame ? Of(blame) : null,
            ["departs"] = Departure.Of(told.Failure, told.Failed) is { } departure ? new JsonObject
            {
                ["end"] = departure.Role, ["source"] = departure.Rule.Source, ["says"] = departure.Rule.Says,
            } : null,
            ["firstDifference"] = told.FirstDifference is { } difference ? new JsonObject
            {
                ["red"] = difference.Red.Id,
                ["green"] = difference.Green.Id,
                ["lines"] = Array(difference.Lines.Select(line => line.Text)),
            } : null,
            ["versions"] = told.Walked is { } walked ? Of(walked) : null,
            ["runs"] = new JsonArray(
            [
                .. search.Trials.Select(trial => Run(
                    told.Cells.Count > 0 ? told.Cells[trial.Point.Number] : told.Failure, trial.Answer,
                    trial.Point.Changes.Select(search.Neighbourhood.Words))),
                .. (told.Walked?.Runs ?? []).Select(run => Run(run.Cell, run.Answer, [])),
            ]),
            ["cells"] = search.Neighbourhood.Points.Count,
            ["limit"] = search.Limit,
            ["seconds"] = Math.Round(told.Seconds, 1),
            ["folder"] = told.Folder,
        };

        JsonArray Values(int dimension, IEnumerable<int> values) =>
            Array(values.Select(value => dimensions[dimension].Values[value]));
    }

    private static JsonObject Of(Blame blame) => new()
    {
        ["suspect"] = JsonNamingPolicy.CamelCase.ConvertName(blame.Suspect.ToString()),
        ["servers"] = Of(blame.Servers),
        ["clients"] = Of(blame.Clients),
    };

    private static JsonObject Of(Blame.Others others) => new()
    {
        ["red"] = Array(others.Red), ["away"] = Array(others.Green), ["otherwise"] = Array(others.Otherwise),
    };

    private static IEnumerable<int> Cured(SearchResult search, Need condition, bool isOtherwise) => condition.Cured
        .Where(value => search.FailsOtherwise(new(condition.Dimension, value)) == isOtherwise);

    private static JsonObject Of(WalkedVersions walked) => new()
    {
        ["end"] = walked.Role.ToString().ToLowerInvariant(),
        ["endpoint"] = walked.Name,
        ["lastGood"] = At(walked, walked.Span?.LastGreen),
        ["firstBad"] = At(walked, walked.Span?.FirstRed),
        ["lastBad"] = At(walked, walked.Span?.LastRed),
        ["firstGood"] = At(walked, walked.Span?.FirstGreen),
    };

    private static string? At(WalkedVersions walked, int? number) => number is { } at ? walked.Line[at] : null;

    private static JsonObject Run(Cell cell, Answer answer, IEnumerable<string> changed) => new()
    {
        ["cell"] = cell.Id,
        ["changed"] = Array(changed),
        ["outcome"] = JsonNamingPolicy.CamelCase.ConvertName(answer.Outcome.ToString()),
        ["remark"] = answer.Remark,
    };

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}

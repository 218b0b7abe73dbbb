using System.Globalization;
using System.Text;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Minimise;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports;

/// <summary>What a failing cell needs to fail, and who is to blame, for a person.</summary>
public static class MinimiseText
{
    private const int NameWidth = 23;

    private static readonly Dictionary<TrialOutcome, (string Word, Tone Tone)> Outcomes = new()
    {
        [TrialOutcome.Red] = ("red", Tone.Bad), [TrialOutcome.Green] = ("green", Tone.Good),
        [TrialOutcome.OtherFailure] = ("other", Tone.Warning), [TrialOutcome.CannotRun] = ("can't run", Tone.Quiet),
    };

    private static readonly Dictionary<DiffLineKind, Tone> Tones = new()
    {
        [DiffLineKind.Added] = Tone.Bad, [DiffLineKind.Removed] = Tone.Good,
    };

    /// <summary>A line for a run while the search goes on.</summary>
    /// <param name="number">How many there were, with this one.</param>
    /// <param name="answer">What it came to.</param>
    /// <param name="changed">In what it differs from the failure.</param>
    public static ReportLine Run(int number, Answer answer, string changed)
    {
        var (word, tone) = Outcomes[answer.Outcome];
        var remark = answer.Remark.Length > 0 ? $": {answer.Remark}" : "";
        return new([$"{number,4}  ", new ReportText(word.PadRight(11), tone), changed,
            new ReportText(remark, Tone.Quiet)]);
    }

    /// <summary>The answer.</summary>
    /// <param name="told">What there is to tell.</param>
    /// <param name="width">Columns that there is room for.</param>
    public static IEnumerable<ReportLine> Lines(Minimised told, int width) =>
        Fields(told).SelectMany(line => Within(line, width));

    /// <summary>When it fails: how the sentence begins, and the rest of it.</summary>
    public static (string Name, string Text) Sentence(Minimised told)
    {
        var clauses = ConditionWords.Clauses(told.Search, told.Failure);
        if (told.Search is { Ending: SearchEnding.Flaky, Conditions.Count: 0 })
            return ("Flaky", $"it is not always there with {told.Failure.Id}: what a search would tell is chance");
        if (told.Search is { Ending: SearchEnding.Stopped, Conditions.Count: 0, Irrelevant.Count: 0 })
            return ("Fails", "with something that is not known yet");
        return clauses.Count == 0
            ? ("Fails", "whatever was changed")
            : (told.Search.Ending == SearchEnding.Answered ? "Fails if and only if" : "Fails only if",
                string.Join("   and   ", clauses));
    }

    // What belongs to a name goes on below its own beginning; lines of handshakes stay as they are.
    private static IEnumerable<ReportLine> Within(ReportLine line, int width)
    {
        if (line.Parts is not [{ Tone: Tone.Quiet } name, var text]) return [line];
        var column = new StringBuilder();
        new TextColumn(column, width).Line("", NameWidth, text.Text);
        return column.ToString().TrimEnd('\n').Split('\n').Select((part, number) => number == 0
            ? new ReportLine([name, text with { Text = part }])
            : new ReportLine([text with { Text = part }]));
    }

    private static IEnumerable<ReportLine> Fields(Minimised told)
    {
        var search = told.Search;
        yield return new([new ReportText(told.Failure.Id, Tone.Strong)]);
        if (told.Failed is { } failed) yield return Field("Fails with", $"{failed.Got?.Split('\n')[0]}");
        if (told.Failed?.Diagnosis is { } cause)
            yield return Field("Likely cause", cause.ToString());
        var lines = search.Ending switch
        {
            SearchEnding.CannotRun => [Plain($"can't run: {search.Trials[^1].Answer.Remark}")],
            SearchEnding.Green => [Plain("is green: there is nothing to minimise. "
                + "What a snapshot or a known failure says of it is no failure of the handshake.")],
            SearchEnding.Flaky when search.Conditions.Count == 0 => Flaky(search),
            _ when told.Walked is { } walked => Versions(walked),
            _ when told.Blame is not null || told.IsOfDevice => Found(told),
            _ => [],
        };
        foreach (var line in lines) yield return line;
        if (told.FirstDifference is { } difference)
        {
            foreach (var line in Difference(told, difference)) yield return line;
        }
        foreach (var line in Runs(told)) yield return line;
    }

    private static IEnumerable<ReportLine> Flaky(SearchResult search)
    {
        var red = search.Trials.Count(trial => trial.Outcome == TrialOutcome.Red);
        yield return new([new ReportText("Flaky", Tone.Warning),
            $": {red} of {Plural.Of(search.Trials.Count, "run")} failed in this way. "
                + "What a search would tell is chance."]);
    }

    private static IEnumerable<ReportLine> Versions(WalkedVersions walked)
    {
        string At(int number) => $"{walked.Name}@{walked.Line[number]}";
        var role = walked.Role == EndpointRole.Server ? "server" : "client";
        if (walked.Span is not { } span)
        {
            yield return Field("Versions", string.Join(", ", walked.Runs.Select(run =>
                $"{(walked.Role == EndpointRole.Server ? run.Cell.Server : run.Cell.Client)} "
                + Outcomes[run.Answer.Outcome].Word)));
            yield break;
        }
        if (span.LastGreen is { } before)
            yield return Field("First bad", $"{role} {At(span.FirstRed)}; {At(before)} is good");
        if (span.FirstGreen is { } behind)
            yield return Field("Last bad", $"{role} {At(span.LastRed)}; {At(behind)} is good");
        if (span is { LastGreen: null, FirstGreen: null })
            yield return Field("Versions", $"no version of the {role} that could be run is without it: "
                + $"{At(span.FirstRed)} to {At(span.LastRed)}");
    }

    private static IEnumerable<ReportLine> Found(Minimised told)
    {
        var (search, failure) = (told.Search, told.Failure);
        if (search.Ending == SearchEnding.Flaky)
            yield return new([new ReportText("Flaky", Tone.Warning),
                ": the last red run did not stay red when it was repeated. What follows may be chance."]);
        var isDone = search.Ending == SearchEnding.Answered;
        var (name, sentence) = Sentence(told);
        yield return Field(name, sentence, search.Conditions.Count > 0 ? Tone.Strong : Tone.Plain);
        if (search.Irrelevant.Count > 0)
            yield return Field("Does not matter", string.Join(" · ", search.Irrelevant.Select(item =>
                ConditionWords.Of(search, failure, item.Dimension, item.Tried))));
        if (search.Unknown.Count > 0)
            yield return Field(
                isDone ? "Could not be tried" : "Not tried yet", string.Join(", ", search.Unknown.Select(dimension =>
                    search.Neighbourhood.Dimensions[dimension].Name
                    + (isDone && search.WhyUnknown(dimension) is { } reason ? $" ({reason})" : ""))));
        var cured = search.Conditions
            .Select(condition => (condition.Dimension, Values: condition.Cured
                .Where(value => !search.FailsOtherwise(new(condition.Dimension, value))).ToList()))
            .Where(condition => condition.Values.Count > 0)
            .Select(condition => ConditionWords.Of(search, failure, condition.Dimension, condition.Values)).ToList();
        if (cured.Count > 0) yield return Field("Goes away with", string.Join(" · ", cured));
        foreach (var other in Others(search)) yield return other;
        foreach (var trial in search.Contradictions)
            yield return Field("But also", "goes away with all of these at once, none of which cures alone: "
                + string.Join(", ", trial.Point.Changes.Select(search.Neighbourhood.Words)));
        if (told.Blame is not null) yield return Blamed(told);
    }

    // A failure that turns into another has not gone away as one that is green has.
    private static IEnumerable<ReportLine> Others(SearchResult search) => search.Trials
        .Where(trial => trial.Outcome == TrialOutcome.OtherFailure)
        .OrderBy(trial => trial.Point.Changes.Count).GroupBy(trial => trial.Answer.Remark)
        .Select(other => Field("Fails otherwise with", $"{Changes(search, other)}: {other.Key}"));

    // Of what was changed what may have brought it about.
    private static string Changes(SearchResult search, IEnumerable<Trial> trials) =>
        string.Join("; or ", trials.Select(trial =>
        {
            var suspects = trial.Point.Changes.Where(change => search.Effect(change) != ChangeEffect.Harmless).ToList();
            var words = (suspects.Count > 0 ? suspects : trial.Point.Changes).Select(search.Neighbourhood.Words);
            return string.Join(", ", words.DefaultIfEmpty("as it is"));
        }).Distinct());

    private static ReportLine Blamed(Minimised told)
    {
        var (suspect, servers, clients) = told.Blame!;
        var (server, client) = (told.Failure.Server, told.Failure.Client);
        var who = suspect switch
        {
            Suspect.Server => $"server {server}",
            Suspect.Client => $"client {client}",
            Suspect.OnlyThisPair => $"only this pair, {server} and {client}",
            Suspect.Neither => "neither end alone",
            _ => "open: too few others could be tried",
        };
        var others = $"It fails with {Count(clients, "client")}, and with {Count(servers, "server")}.";
        // It takes both to fail; only one of them may not do what it does.
        return suspect == Suspect.OnlyThisPair && Departure.Of(told.Failure, told.Failed) is { } departure
            ? Field("Blame", $"{departure.Role} {departure.End}, though {who}. It departs from "
                + $"{departure.Rule.Source}: {departure.Rule.Says} {others}")
            : Field("Blame", $"{who}. {others}");
    }

    private static string Count(Blame.Others others, string role)
    {
        var otherwise = others.Otherwise.Count > 0
            ? $"{others.Otherwise.Count} fail otherwise: {ConditionWords.Together(others.Otherwise)}"
            : "";
        if (others.Count == 0)
            return $"no other {role} that was tried" + (otherwise.Length > 0 ? $" ({otherwise})" : "");
        string[] parts =
        [
            others.Red.Count > 0 ? ConditionWords.Together(others.Red) : "",
            others.Green.Count > 0 ? $"not {ConditionWords.Together(others.Green)}" : "", otherwise,
        ];
        return $"{(others.Red.Count > 0 ? others.Red.Count : "none")} of {Plural.Of(others.Count, $"other {role}")} "
            + $"({string.Join("; ", parts.Where(part => part.Length > 0))})";
    }

    private static IEnumerable<ReportLine> Difference(Minimised told, FirstDifference difference)
    {
        var red = difference.Red == told.Failure ? "the failure" : difference.Red.Id;
        yield return Field("First difference", $"- {difference.Green.Id}");
        yield return Field("", $"+ {red}");
        foreach (var line in difference.Lines)
            yield return new(
                [new ReportText(new string(' ', NameWidth) + line.Text, Tones.GetValueOrDefault(line.Kind))]);
    }

    private static IEnumerable<ReportLine> Runs(Minimised told)
    {
        var search = told.Search;
        var runs = search.Trials.Count + (told.Walked?.Runs.Count ?? 0);
        // The first is the failure itself.
        var limit = search.Tried > 1
            ? $"{Plural.Of(search.Tried, "cell")} in {Plural.Of(runs, "run")}: what is red as it is, and what is red "
                + $"farthest from that, is run {FailureSearch.Repetitions} times. Of the "
                + $"{search.Neighbourhood.Points.Count} cells around it at most {search.Limit} were to be tried"
            : $"{runs}";
        yield return Field("Runs", $"{limit}; {told.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s; "
            + $"see {told.Folder}");
        if (told.Interruption.Length > 0 && search.Ending == SearchEnding.Stopped)
            yield return Field("Stopped by", $"{told.Interruption}: this is what was known by then");
        if (search.Ending == SearchEnding.Exhausted)
            yield return Field("Not finished", "there was more to tell apart; --max-runs allows more");
    }

    private static ReportLine Plain(string text) => new([text]);

    private static ReportLine Field(string name, string text, Tone tone = Tone.Plain) =>
        new([new ReportText(name.PadRight(NameWidth), Tone.Quiet), new ReportText(text, tone)]);
}

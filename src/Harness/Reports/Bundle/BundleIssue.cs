using System.Text;
using TlsInterop.Harness.Reports.Exports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports.Bundle;

/// <summary>The text of a bug report, ready to be pasted.</summary>
internal static class BundleIssue
{
    private const int LadderLines = 80;

    /// <summary>The text.</summary>
    /// <param name="run">The run.</param>
    /// <param name="result">The cell's result.</param>
    /// <param name="ladder">Its capture, decoded; empty if there is none.</param>
    /// <param name="entries">What else the archive holds.</param>
    /// <param name="leftOut">What it does not hold, and why.</param>
    public static string Of(
        RecordedRun run, CellResult result, string ladder, IReadOnlyList<BundleEntry> entries,
        IReadOnlyList<string> leftOut)
    {
        var text = new StringBuilder();
        var (server, client) = Ends(result);
        text.Append($"# {server} as server, {client} as client: {Title(result)}\n\n");
        if (result is { Verdict: Verdict.Pass, IsRed: false })
            Paragraph("Verdict", "This cell passed: what came is what its scenario and its certificate were to lead to.");
        else Paragraph("What was expected", result.Expected ?? "a handshake that is completed, and data both ways");
        Paragraph("What came", result.Got ?? Title(result));
        Why(text, result);
        text.Append($"## Versions\n\n{Fenced(Versions(run, result))}\n");
        text.Append($"## To see it again\n\n{Fenced(Command(run, result))}\n");
        if (ladder.Length > 0) text.Append($"## The connection\n\n{Fenced(Beginning(ladder))}\n");
        text.Append("## What is in the archive\n\n");
        foreach (var entry in entries) text.Append($"* `{entry.Name}`: {entry.What}\n");
        foreach (var left in leftOut) text.Append($"* not in it: {Plain(left)}\n");
        text.Append("\nEvery file was searched for private keys, and there is none in it, not even the test's own. "
            + "The secrets in the capture are those of this one connection between test endpoints.\n");
        return text.ToString();

        void Paragraph(string heading, string content) => text.Append($"## {heading}\n\n{Plain(content)}\n\n");
    }

    /// <summary>The endpoints of a cell as they were.</summary>
    public static string Versions(RecordedRun run, CellResult result)
    {
        var (server, client) = Ends(result);
        var text = new StringBuilder();
        foreach (var (role, name) in new[] { ("server", server), ("client", client) })
        {
            var known = run.Header?.Endpoints.LastOrDefault(endpoint => endpoint.Name == name);
            text.Append($"{role}  {name}  {known?.Version ?? "version not known"}  image {known?.Digest ?? "not known"}\n");
        }
        text.Append($"harness {(run.Header?.Harness is { Length: > 0 } harness ? harness : "not known")}, ")
            .Append($"engine {(run.Header?.Engine is { Length: > 0 } engine ? engine : "not known")}, ")
            .Append($"{result.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\n");
        return text.ToString();
    }

    /// <summary>What runs the cell again.</summary>
    public static string Command(RecordedRun run, CellResult result) =>
        $"{run.Header?.Again ?? "./interop run"} --cell '{result.Cell}'";

    private static void Why(StringBuilder text, CellResult result)
    {
        var lines = result.Why.SelectMany(why => why.Split('\n')).ToList();
        if (result.Diagnosis is null && lines.Count == 0 && result.Findings.Count == 0) return;
        text.Append("## Why\n\n");
        if (result.Diagnosis is { } cause) text.Append($"{Plain(cause.ToString())}\n\n");
        foreach (var line in lines.Concat(result.Findings)) text.Append($"* {Plain(line)}\n");
        if (result.Diagnosis?.Server is { } server) text.Append($"* at the server: {Plain(server)}\n");
        if (result.Diagnosis?.Client is { } client) text.Append($"* at the client: {Plain(client)}\n");
        text.Append('\n');
    }

    private static string Title(CellResult result) => result.Diagnosis?.Cause
        ?? (result.Got is { } got ? Plain(got) : ResultKinds.Heading(ResultKinds.Of(result)).ToLowerInvariant());

    private static (string Server, string Client) Ends(CellResult result)
    {
        var parts = result.Cell.Split('/');
        return (parts[0], parts.Length > 1 ? parts[1] : "?");
    }

    private static string Beginning(string ladder)
    {
        var lines = ladder.TrimEnd().Split('\n');
        return lines.Length <= LadderLines ? ladder.TrimEnd()
            : string.Join('\n', lines.Take(LadderLines).Append($"... {lines.Length - LadderLines} lines more"));
    }

    // Nothing that a peer said ends the fence.
    private static string Fenced(string text) =>
        $"```\n{ForeignText.WithoutControls(text).Replace("```", "'''", StringComparison.Ordinal).TrimEnd()}\n```\n";

    private static string Plain(string text) => ForeignText.WithoutControls(text)
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("@", "@<!-- -->", StringComparison.Ordinal).Replace('\n', ' ');
}

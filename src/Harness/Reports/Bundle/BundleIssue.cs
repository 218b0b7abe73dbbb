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
    /// <param name="told">What it quotes of the archive.</param>
    /// <param name="entries">What else the archive holds.</param>
    /// <param name="leftOut">What it does not hold, and why.</param>
    public static string Of(
        RecordedRun run, CellResult result, BundleTold told, IReadOnlyList<BundleEntry> entries,
        IReadOnlyList<string> leftOut)
    {
        var text = new StringBuilder();
        var (server, client) = Ends(result);
        text.Append($"# {Code(server)} as server, {Code(client)} as client: {Title(result)}\n\n");
        if (result is { Verdict: Verdict.Pass, IsRed: false })
            Paragraph(
                "Verdict", "This cell passed: what came is what its scenario and its certificate were to lead to.");
        else
            Paragraph(
                "What was expected", Code(result.Expected) ?? "a handshake that is completed, and data both ways");
        Paragraph("What came", Code(result.Got) ?? Title(result));
        Why(text, result);
        Said(text, told);
        text.Append($"## Versions\n\n{Fenced(Versions(run, result))}\n");
        Commands(text, told);
        text.Append("With TlsInterop, which let the two meet in containers and judged what it captured:\n\n")
            .Append($"{Fenced(Command(run, result))}\n");
        if (told.Ladder.Length > 0) text.Append($"## The connection\n\n{Fenced(Beginning(told.Ladder))}\n");
        text.Append("## What is in the archive\n\n");
        foreach (var entry in entries) text.Append($"* `{entry.Name}`: {entry.What}\n");
        foreach (var left in leftOut) text.Append($"* not in it: {Code(left)}\n");
        text.Append("\nEvery file was searched for private keys, and there is none in it, not even the test's own. "
            + "The secrets in the capture are those of this one connection between test endpoints.\n");
        return text.ToString();

        void Paragraph(string heading, string content) => text.Append($"## {heading}\n\n{content}\n\n");
    }

    /// <summary>The endpoints of a cell as they were.</summary>
    public static string Versions(RecordedRun run, CellResult result)
    {
        var (server, client) = Ends(result);
        var text = new StringBuilder();
        foreach (var (role, name) in new[] { ("server", server), ("client", client) })
        {
            var known = run.Header?.Endpoints.LastOrDefault(endpoint => endpoint.Name == name);
            text.Append($"{role}  {name}  {known?.Version ?? "version not known"}  ")
                .Append($"image {known?.Digest ?? "not known"}\n");
        }
        text.Append($"harness {(run.Header?.Harness is { Length: > 0 } harness ? harness : "not known")}, ")
            .Append($"engine {(run.Header?.Engine is { Length: > 0 } engine ? engine : "not known")}, ")
            .Append($"{result.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC\n");
        return text.ToString();
    }

    /// <summary>What runs the cell again.</summary>
    public static string Command(RecordedRun run, CellResult result) =>
        AgainLine.Of(run.Header?.Again, result.Cell);

    private static void Said(StringBuilder text, BundleTold told)
    {
        var ends = new[]
            {
                ("The server", CellEvidence.ServerLogName, told.ServerSaid),
                ("The client", CellEvidence.ClientLogName, told.ClientSaid),
            }
            .Select(end => (end.Item1, end.Item2, Lines: BundleTold.Matter(end.Item3)))
            .Where(end => end.Lines.Length > 0).ToList();
        if (ends.Count == 0) return;
        text.Append("## What they said\n\n");
        foreach (var (end, file, lines) in ends) text.Append($"{end}, in `{file}`:\n\n{Fenced(lines)}\n");
    }

    private static void Commands(StringBuilder text, BundleTold told)
    {
        text.Append("## To see it again\n\n");
        var ends = new[] { ("The server", told.ServerCommands), ("The client", told.ClientCommands) }
            .Select(end => (end.Item1, Lines: BundleTold.Commands(end.Item2).Trim()))
            .Where(end => end.Lines.Length > 0).ToList();
        foreach (var (end, lines) in ends) text.Append($"{end} ran:\n\n{Fenced(lines)}\n");
        if (ends.Count > 0)
            text.Append("Files of `/tlsinterop/shared` are those of `certificates/` here, without their keys: ")
                .Append("others of the same kind will do. What the commands wrote into files is in `server/`.\n\n");
    }

    private static void Why(StringBuilder text, CellResult result)
    {
        // The cause stands above its bullets already.
        var lines = result.Why.Where(why => why != result.Diagnosis?.ToString())
            .SelectMany(why => why.Split('\n')).ToList();
        var known = CellCause.Of(result);
        if (known is null && lines.Count == 0 && result.Findings.Count == 0) return;
        text.Append("## Why\n\n");
        if (known is { } cause) text.Append($"{Code(cause.ToString())}\n\n");
        foreach (var line in lines.Concat(result.Findings)) text.Append($"* {Code(line)}\n");
        if (known?.Server is { } server) text.Append($"* at the server: {Code(server)}\n");
        if (known?.Client is { } client) text.Append($"* at the client: {Code(client)}\n");
        text.Append('\n');
    }

    private static string Title(CellResult result) => Code(CellCause.Of(result)?.Cause) ?? Code(result.Got)
        ?? ResultKinds.Heading(ResultKinds.Of(result)).ToLowerInvariant();

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

    // Stacks and journals said it: nothing of it is markup, a picture, or somebody's name.
    private static string? Code(string? text) =>
        text is not null && MarkdownPage.Code(text) is { Length: > 0 } code ? code : null;
}

using System.Globalization;
using System.Text.RegularExpressions;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Bench.Matrix;

/// <summary>A cell's two commands as a run traced them, to be run again with nothing around them.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="ServerCommand">The server's command line, as a shell reads it.</param>
/// <param name="ClientCommand">The client's, likewise.</param>
/// <param name="Port">Where the server listens.</param>
internal sealed partial record ReplayedCell(Cell Cell, string ServerCommand, string ClientCommand, int Port)
{
    /// <summary>Cells of a run whose clients and servers were processes of their own.</summary>
    public static IEnumerable<ReplayedCell> Of(RecordedRun run)
    {
        foreach (var result in run.Results.Where(result => result is { IsRed: false, ServerLog: not null }))
        {
            if (!CellId.TryParse(result.Cell, out var cell, out _)) continue;
            var server = LastCommand(Path.Combine(run.Folder, Path.GetDirectoryName(result.ServerLog)!, "commands"));
            var client = LastCommand(Path.Combine(run.Folder, result.Evidence!, "client.commands"));
            if (server is null || client is null || !Listening().Match(server).Groups["port"].Success) continue;
            yield return new(
                cell, server, client,
                int.Parse(Listening().Match(server).Groups["port"].Value, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The server's command for an address.</summary>
    public string ServerAt(string address) => Address().Replace(ServerCommand, address);

    /// <summary>The client's command for the server's address.</summary>
    public string ClientTo(string address) => Address().Replace(ClientCommand, address);

    // The trace of a shell (xtrace): the last thing that it does is to become the program.
    private static string? LastCommand(string trace)
    {
        if (!File.Exists(trace)) return null;
        var last = File.ReadLines(trace).LastOrDefault(line => Program().IsMatch(line));
        return last is null ? null : Program().Replace(last, "");
    }

    [GeneratedRegex(@"^\++ exec (?=openssl|gnutls-)", RegexOptions.ExplicitCapture)]
    private static partial Regex Program();

    [GeneratedRegex(@"(-accept \S+:|--port[ =])(?<port>\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();

    [GeneratedRegex(@"\b\d{1,3}(\.\d{1,3}){3}\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}

using System.Text.RegularExpressions;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>Finds in logs of servers, which serve many cells, what belongs to one of them.</summary>
/// <param name="results">All results of the run.</param>
public sealed class ServerLogParts(IEnumerable<CellResult> results)
{
    private const int MostOctets = 256 << 10;

    private static readonly TimeSpan MatchDeadline = TimeSpan.FromSeconds(2);

    private readonly ILookup<string, CellResult> _cells =
        results.Where(result => result.ServerLog is not null).ToLookup(result => result.ServerLog!);

    /// <summary>Its part of the log.</summary>
    /// <param name="result">The cell.</param>
    /// <param name="path">The log.</param>
    /// <param name="clients">Where its connections came from: <c>192.0.2.7:40010</c>.</param>
    /// <param name="most">Octets of which the last are taken.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public ServerLogPart Of(CellResult result, string path, IEnumerable<string> clients, int most = MostOctets)
    {
        using var file = EvidenceFile.Open(path);
        if (result.ServerLogFrom is not (>= 0 and var from) || from > file.Length)
            return new(EvidenceFile.Text(file, 0, file.Length, most), "other cells' words may stand beside", true);
        var isShared = result.Configuration is not null;
        var others = _cells[result.ServerLog ?? ""].Where(other => other.Cell != result.Cell);
        var ended = EndOf(result);
        // A server that is a cell's alone belongs to the next one from its first word on; one that several share goes
        // on with all that have begun before this one was over.
        var next = isShared
            ? others.Where(other => other.Started > ended)
            : others.Where(other => other.ServerLogFrom > from
                || (other.ServerLogFrom == from && other.Started > result.Started));
        var to = Math.Clamp(next.Min(other => other.ServerLogFrom) ?? file.Length, from, file.Length);
        var text = EvidenceFile.Text(file, from, to, most);
        var isWhole = from == 0 && to == file.Length;
        if (!isShared) return new(text, "while it was this cell's alone", isWhole);
        var lines = text.Split('\n');
        var own = Array.FindAll(lines, line => clients.Any(client => Names(line, client)));
        return own.Length > 0
            ? new(string.Join('\n', own) + "\n", "lines that name the client's address and port", false)
            : new(text, "while the cell ran; cells that ran beside it have their words there too", isWhole);
    }

    // "192.0.2.7:40010", and as Exim writes it "[192.0.2.7]:40010".
    private static bool Names(string line, string client)
    {
        var port = client.LastIndexOf(':');
        if (port <= 0) return false;
        var address = Regex.Escape(client[..port].Trim('[', ']'));
        return Regex.IsMatch(
            line, $@"(?<![\d.]){address}\]?[:. ]{client[(port + 1)..]}(?!\d)", RegexOptions.None, MatchDeadline);
    }

    // A journal may hold any number.
    private static DateTimeOffset EndOf(CellResult result)
    {
        var most = (DateTimeOffset.MaxValue - result.Started).TotalMilliseconds;
        return result.Milliseconds is >= 0 and var took
            ? took < most ? result.Started.AddMilliseconds(took) : DateTimeOffset.MaxValue
            : result.Started;
    }
}

using TlsInterop.Harness.Commands;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Import;

/// <summary>The connections of a file: one is wanted, the others are listed.</summary>
/// <param name="form">What kind of file it is.</param>
/// <param name="wanted">Number of the connection; null for the first with a ClientHello.</param>
internal sealed class ReportedConnections(string form, int? wanted)
{
    private const int MostListed = 20;

    private readonly SortedDictionary<int, string> _lines = [];
    private readonly List<string> _remarks = [];
    private ConnectionNotes? _chosen;
    private long _count;

    /// <summary>The next one, in any order.</summary>
    public void Add(ConnectionNotes notes)
    {
        _count++;
        _lines[notes.Number] = Line(notes);
        if (_lines.Count > MostListed) _lines.Remove(_lines.Keys.Last());
        if (wanted is not null ? notes.Number == wanted : IsBetter(notes)) _chosen = notes;
    }

    /// <summary>What is odd about the file as a whole.</summary>
    public void Remark(string sentence)
    {
        if (_remarks.Count < MostListed && !_remarks.Contains(sentence)) _remarks.Add(sentence);
    }

    /// <summary>The one that is wanted.</summary>
    /// <exception cref="UsageException">It is not there.</exception>
    public ImportedConnection Done(string file, string name)
    {
        if (_chosen is null)
            throw new UsageException(wanted is null || _count == 0
                ? $"{file}: Expected: a TLS connection. Got: none in this {form}."
                    + string.Concat(_remarks.Select(remark => $"\n  {remark}"))
                : $"{file}: there is no connection {wanted}.\n  " + string.Join("\n  ", List(except: null)));
        foreach (var remark in _remarks) _chosen.Remark(remark);
        return _chosen.Done(name) with { Others = [.. List(_chosen.Number)] };
    }

    private IEnumerable<string> List(int? except)
    {
        foreach (var (number, line) in _lines)
            if (number != except) yield return line;
        if (_count > _lines.Count) yield return $"and {_count - _lines.Count} more";
    }

    private bool IsBetter(ConnectionNotes notes)
    {
        if (_chosen is null) return notes.Hello is not null || notes.Answer.Version is not null || notes.HasSteps;
        var (hasHello, had) = (notes.Hello is not null, _chosen.Hello is not null);
        return hasHello == had ? notes.Number < _chosen.Number : hasHello;
    }

    private static string Line(ConnectionNotes notes)
    {
        var end = notes.Label.Length > 0 ? $" {notes.Label}" : "";
        var suites = notes.Hello?.Suites is { } told ? Plural.Of(told.Count, "suite") : "suites that are not told";
        var hello = notes.Hello is null
            ? "no ClientHello"
            : $"ClientHello with {suites}" + (notes.Hello.ServerName is { } name ? $" to {name}" : "");
        return $"#{notes.Number}{end}: {hello}";
    }
}

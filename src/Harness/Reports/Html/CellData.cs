using System.Text.Json;
using TlsInterop.Harness.Reports.Comparison;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>
/// What the script of a report loads when it is asked for: <c>cells.js</c> with every cell in columns of numbers, and
/// <c>details-N.js</c> with what there is to say of a thousand of them each. They are scripts that call a function with
/// data, as a page that was opened from disk can load nothing else.
/// </summary>
internal static class CellData
{
    /// <summary>Cells of one file of details.</summary>
    public const int Chunk = 1000;

    // The default encoder leaves no '<', '&' or line separator as it is: data can't end its script.
    private static readonly JsonWriterOptions Json = new() { SkipValidation = false };

    private static readonly (string Name, Func<ListedCell, string> Value)[] Columns =
    [
        ("server", cell => cell.Names.Server),
        ("client", cell => cell.Names.Client),
        ("scenario", cell => cell.Names.Scenario),
        ("version", cell => cell.Names.Version),
        ("suite", cell => cell.Names.Suite),
        ("rest", cell => cell.Names.Rest),
        ("verdict", cell => cell.State.Key),
        ("change", cell => cell.Change is { } change ? ChangeKinds.NameOf(change) : ""),
        ("cause", cell => cell.Note),
        ("page", cell => cell.HasPage ? "1" : ""),
        ("red", cell => cell.IsRed ? "1" : ""),
    ];

    /// <summary>Writes them.</summary>
    /// <param name="cells">The cells in the order of the list.</param>
    /// <param name="folder">The report's folder.</param>
    /// <exception cref="IOException">They can't be written.</exception>
    public static void Write(IReadOnlyList<ListedCell> cells, string folder)
    {
        var data = Path.Combine(folder, ReportFiles.DataFolder);
        Directory.CreateDirectory(data);
        WriteCall(Path.Combine(data, "cells.js"), "tlsinteropCells", json => WriteColumns(json, cells));
        for (var first = 0; first < cells.Count; first += Chunk)
        {
            var chunk = cells.Skip(first).Take(Chunk);
            WriteCall(Path.Combine(data, $"details-{first / Chunk}.js"), "tlsinteropDetails", json =>
            {
                json.WriteStartObject();
                json.WriteNumber("chunk", first / Chunk);
                json.WriteStartArray("cells");
                foreach (var cell in chunk) WriteFacts(json, cell);
                json.WriteEndArray();
                json.WriteEndObject();
            });
        }
    }

    private static void WriteColumns(Utf8JsonWriter json, IReadOnlyList<ListedCell> cells)
    {
        json.WriteStartObject();
        json.WriteNumber("count", cells.Count);
        json.WriteNumber("chunk", Chunk);
        json.WriteStartObject("columns");
        foreach (var (name, value) in Columns)
        {
            var words = new Dictionary<string, int>(StringComparer.Ordinal);
            json.WriteStartObject(name);
            json.WriteStartArray("of");
            foreach (var cell in cells)
            {
                var word = value(cell);
                if (!words.TryGetValue(word, out var number)) words.Add(word, number = words.Count);
                json.WriteNumberValue(number);
            }
            json.WriteEndArray();
            json.WriteStartArray("words");
            foreach (var word in words.Keys) json.WriteStringValue(word);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Pairs of a name and a text, to be shown as they are.
    private static void WriteFacts(Utf8JsonWriter json, ListedCell cell)
    {
        json.WriteStartArray();
        foreach (var (name, text) in CellFacts.Of(cell))
        {
            json.WriteStringValue(name);
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }

    private static void WriteCall(string path, string function, Action<Utf8JsonWriter> write)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        file.Write(System.Text.Encoding.ASCII.GetBytes($"{function}("));
        using (var json = new Utf8JsonWriter(file, Json)) write(json);
        file.Write(");\n"u8);
    }
}

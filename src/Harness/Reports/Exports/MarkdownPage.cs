using System.Text;

namespace TlsInterop.Harness.Reports.Exports;

/// <summary>A page of Markdown that never gets longer than what a comment may have.</summary>
public sealed class MarkdownPage
{
    /// <summary>The most octets of UTF-8. GitHub takes comments of 65,536 characters.</summary>
    public const int MostOctets = 60_000;

    // For the sentence that says what there was no room for.
    private const int Reserve = 1_000;

    private const string NoName = "unnamed";

    private readonly StringBuilder _text = new();
    private int _octets;

    /// <summary>
    /// The line by which a comment is found again, so that the next run writes over it instead of beside it.
    /// </summary>
    /// <param name="name">What the comment is about; where that is not known it has a word of its own.</param>
    public static string Marker(string name)
    {
        var plain = Plain(name).Replace("--", "", StringComparison.Ordinal).Trim();
        return $"<!-- tlsinterop: {(plain.Length > 0 ? plain : NoName)} -->\n";
    }

    /// <summary>Foreign words so that nothing in them is markup, a link or a name of somebody.</summary>
    public static string Code(string text)
    {
        var words = Plain(text).Replace('`', '\'').Trim();
        return words.Length == 0 ? "" : $"`{words}`";
    }

    /// <summary>The same in a cell of a table, where a bar ends the cell even in code.</summary>
    public static string TableCode(string text) => Code(text.Replace("|", "¦", StringComparison.Ordinal));

    /// <summary>Adds a piece, if there is room for all of it.</summary>
    public bool Add(string piece) => Add(piece, MostOctets - Reserve);

    /// <summary>Adds a short piece that has to be there: what was left out.</summary>
    public void AddLast(string piece) => Add(piece, MostOctets);

    public override string ToString() => _text.ToString();

    private bool Add(string piece, int most)
    {
        var octets = Encoding.UTF8.GetByteCount(piece);
        if (_octets + octets > most) return false;
        _text.Append(piece);
        _octets += octets;
        return true;
    }

    private static string Plain(string text) => ForeignText.WithoutControls(text).Replace('\n', ' ');
}

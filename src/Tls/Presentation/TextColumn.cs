using System.Text;

namespace TlsInterop.Tls.Presentation;

/// <summary>Lines that stay within a width: what is too long goes on below its own beginning.</summary>
/// <param name="text">Where they go.</param>
/// <param name="width">Characters of the longest line.</param>
public sealed class TextColumn(StringBuilder text, int width)
{
    // Times and sizes of any length may stand left of the column.
    private const int LeastRoom = 30;

    /// <summary>Appends a line.</summary>
    /// <param name="start">What stands left of the column; may be painted.</param>
    /// <param name="startWidth">Characters of it that are seen.</param>
    /// <param name="content">What is wrapped at its spaces.</param>
    public void Line(string start, int startWidth, string content)
    {
        text.Append(start);
        var rest = SafeText.Of(content).AsSpan();
        var room = Math.Max(width - startWidth, LeastRoom);
        while (rest.Length > room)
        {
            var cut = rest[..(room + 1)].LastIndexOf(' ');
            // A word that is longer than the column is cut where it has to be.
            var length = cut > room / 3 ? cut : room;
            End(rest[..length]);
            text.Append(' ', startWidth);
            rest = rest[length..].TrimStart(' ');
        }
        End(rest);
    }

    public void Line(string content) => Line("", 0, content);

    private void End(ReadOnlySpan<char> line)
    {
        text.Append(line.TrimEnd(' '));
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        text.Append('\n');
    }
}

using System.Text;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary>Writes what people read within a width: a sentence that is too long goes on below its beginning.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="width">Characters of the longest line.</param>
internal sealed class PageWriter(TextWriter output, int width)
{
    /// <summary>A page as wide as its output.</summary>
    public PageWriter(TextWriter output)
        : this(output, PageWidth.Of(output)) { }

    /// <summary>Writes a line.</summary>
    /// <param name="start">What stands left of the sentence, as it is.</param>
    /// <param name="sentence">What is wrapped.</param>
    public void Line(string start, string sentence)
    {
        var text = new StringBuilder();
        new TextColumn(text, width).Line(start, start.Length, sentence);
        output.Write(text.ToString());
    }
}

using System.IO.Compression;
using System.Text;

namespace TlsInterop.Harness.Import;

/// <summary>The lines of a report, as far as it is read.</summary>
/// <param name="Lines">Without line ends, and without the mark of a quotation (<c>&gt; </c>).</param>
/// <param name="IsWhole">False if the text is longer than is read.</param>
internal sealed record ReportText(IReadOnlyList<string> Lines, bool IsWhole)
{
    /// <summary>Characters of a text that are read.</summary>
    public const int MostCharacters = 16 << 20;

    /// <summary>Lines by which a form is recognised.</summary>
    private const int HeadLines = 2000;

    private const int LongestLine = 4096;

    // RFC 1952, Section 2.3.1
    private static readonly byte[] Gzip = [0x1f, 0x8b];

    /// <summary>The lines of a tool, none of which is long.</summary>
    public IEnumerable<string> Short => Lines.Select(line => line.Length > LongestLine ? line[..LongestLine] : line);

    /// <summary>The first lines.</summary>
    public IEnumerable<string> Head => Short.Take(HeadLines);

    /// <summary>Reads a text, packed with gzip or not; octets that are no letters become some.</summary>
    public static ReportText Read(Stream stream)
    {
        var start = new byte[2];
        var isPacked = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == 2
            && start.AsSpan().SequenceEqual(Gzip);
        stream.Position = 0;
        using var unpacked = isPacked ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true) : null;
        // Output that was redirected in PowerShell is UTF-16.
        using var reader = new StreamReader(
            (Stream?)unpacked ?? stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var characters = new char[1 << 16];
        var text = new StringBuilder();
        try
        {
            while (text.Length <= MostCharacters && reader.ReadBlock(characters) is var read and > 0)
                text.Append(characters, 0, read);
        }
        catch (InvalidDataException)
        {
            // What gzip could unpack before it broke is a text as well.
        }
        var isWhole = text.Length <= MostCharacters;
        return Of(text.ToString(0, Math.Min(text.Length, MostCharacters)), isWhole);
    }

    /// <summary>A text in memory.</summary>
    public static ReportText Of(string text, bool isWhole = true) => new(
        [.. text.Split('\n').Select(line => line.TrimEnd('\r')).Select(Unquoted)], isWhole);

    // As mails quote.
    private static string Unquoted(string line) => line.StartsWith("> ", StringComparison.Ordinal) ? line[2..] : line;
}

namespace TlsInterop.Harness.Commands;

/// <summary>How wide pages to read are, as help and lists are: as the terminal, or what is read well.</summary>
internal static class PageWidth
{
    private const int WithoutTerminal = 100;

    /// <summary>Characters of a line; <c>COLUMNS</c> counts for files and pipes too.</summary>
    /// <param name="output">Where the page goes.</param>
    public static int Of(TextWriter output)
    {
        var isTerminal = output is ConsoleText && !Console.IsOutputRedirected;
        return TextWidth.Of(
            Environment.GetEnvironmentVariable("COLUMNS"), isTerminal ? LadderWidth.Window() : WithoutTerminal);
    }
}

using System.Globalization;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary>How wide sentences are: unlike a ladder they can be read in a narrow window.</summary>
internal static class TextWidth
{
    private const int Least = 40;
    private const int Most = 240;

    /// <summary>Characters of a line.</summary>
    /// <param name="columns">What the shell says by COLUMNS, which counts for a pipe as well, or null.</param>
    /// <param name="window">What the terminal says; 0 if it doesn't, or if there is none.</param>
    public static int Of(string? columns, int window)
    {
        var wanted = int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var told) && told > 0
            ? told : window;
        return wanted <= 0 ? LadderOptions.UsualWidth : Math.Clamp(wanted, Least, Most);
    }
}

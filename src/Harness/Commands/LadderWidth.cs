using System.Globalization;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary>How wide a ladder is: as the terminal, or what everybody can read where there is none.</summary>
internal static class LadderWidth
{
    private const int Least = 80;
    private const int Most = 240;

    /// <summary>Characters of a line.</summary>
    /// <param name="isTerminal">False for files and pipes: what they hold is the same everywhere.</param>
    /// <param name="columns">What the shell says by COLUMNS, or null.</param>
    /// <param name="window">What the terminal says; 0 if it doesn't.</param>
    public static int Of(bool isTerminal, string? columns, int window)
    {
        if (!isTerminal) return LadderOptions.UsualWidth;
        var wanted = int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told
            : window;
        return wanted <= 0 ? LadderOptions.UsualWidth : Math.Clamp(wanted, Least, Most);
    }

    /// <summary>The width of the window; 0 if it can't be told.</summary>
    public static int Window()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            return 0;
        }
    }
}

namespace TlsInterop.Harness.Commands;

/// <summary>What the command tells the shell.</summary>
public static class ExitStatus
{
    /// <summary>Everything is as expected.</summary>
    public const int Green = 0;

    /// <summary>It ran, and somebody has to look at something.</summary>
    public const int Red = 1;

    /// <summary>It could not be done: wrong usage, a wrong file, an endpoint, capture or disk that fails.</summary>
    public const int Unusable = 2;

    /// <summary>Ctrl-C, as shells number it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}

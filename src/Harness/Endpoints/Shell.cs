namespace TlsInterop.Harness.Endpoints;

/// <summary>Quoting for POSIX shells.</summary>
public static class Shell
{
    /// <summary>A word that a shell reads as exactly this text, whatever is in it.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", @"'\''")}'";
}

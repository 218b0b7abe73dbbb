namespace TlsInterop.Tls.Presentation;

/// <summary>A number of things in words.</summary>
public static class Plural
{
    /// <summary><c>1 session</c>, <c>2 sessions</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="thing">The word for one; an s makes it many.</param>
    public static string Of(long count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}

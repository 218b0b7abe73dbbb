namespace TlsInterop.Bench;

/// <summary>The checkout that this program was built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    /// <summary>The project's own captures, each with its key log.</summary>
    public static string Captures => Path.Combine(Root, "tests", "Tls", "Captures");

    private static string Find()
    {
        for (var place = new DirectoryInfo(AppContext.BaseDirectory); place is not null; place = place.Parent)
        {
            if (File.Exists(Path.Combine(place.FullName, "TlsInterop.sln"))) return place.FullName;
        }
        throw new DirectoryNotFoundException(
            $"{AppContext.BaseDirectory} lies in no checkout (no TlsInterop.sln above)");
    }
}

namespace TlsInterop.Harness.Endpoints.Engine;

/// <summary>
/// A folder for what is needed while an image is made. It goes with what needs it, at the latest when another run
/// starts.
/// </summary>
internal sealed class OwnedFolder : IDisposable
{
    private const string Prefix = "tlsinterop-build-";

    private OwnedFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Makes one that nobody else can read.</summary>
    public static OwnedFolder Create() => new(Directory.CreateTempSubdirectory($"{Prefix}{Owner.Own}-").FullName);

    /// <summary>Removes the folders of processes that run no more.</summary>
    public static void RemoveLeft()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            // tlsinterop-build-<owner>-<random>
            if (Owner.At(System.IO.Path.GetFileName(folder)[Prefix.Length..]) is not { } owner || !Owner.IsGone(owner))
                continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception notOurs) when (notOurs is IOException or UnauthorizedAccessException)
            {
                // Another user's, or one that another run removes just now.
            }
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

namespace TlsInterop.Harness.Runs;

/// <summary>
/// That a run is going on in a folder: an open file of which the operating system lets one process have one. It is
/// gone with its process, however that ends, so that nobody has to clear away a stale one.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private const string Name = "run.lock";

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Takes the folder.</summary>
    /// <exception cref="InvalidDataException">Another process has it.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static RunLock Take(string folder)
    {
        try
        {
            return new RunLock(new FileStream(
                Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0,
                FileOptions.DeleteOnClose));
        }
        catch (IOException held) when (IsHeld(folder))
        {
            throw new InvalidDataException(
                $"{folder}: the run is still going on\n  remedy: wait until it has ended, or stop it", held);
        }
    }

    /// <summary>True if a run is going on in a folder.</summary>
    public static bool IsHeld(string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, Name), FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (Exception absent) when (absent is FileNotFoundException
            or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();
}

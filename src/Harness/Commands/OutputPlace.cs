namespace TlsInterop.Harness.Commands;

/// <summary>Where a person wants something written.</summary>
internal static class OutputPlace
{
    /// <summary>The path, if something can be written there as far as can be seen.</summary>
    /// <param name="option">The option that named it.</param>
    /// <param name="path">The path.</param>
    /// <param name="mayBeFolder">True if what is written is a folder.</param>
    /// <exception cref="UsageException">The folder that it would be in is not there, or it is one itself.</exception>
    public static string Checked(string option, string path, bool mayBeFolder = false)
    {
        if (mayBeFolder)
            return !File.Exists(path) ? path : throw new UsageException(
                $"{option} {path}: a file lies there. Expected: a folder, or a name that is free");
        if (Directory.Exists(path))
            throw new UsageException($"{option} {path}: this is a folder. Expected: the name of a file");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return Directory.Exists(folder) ? path : throw new UsageException(
            $"{option} {path}: there is no folder {folder}\n  remedy: make it, or name another place");
    }
}

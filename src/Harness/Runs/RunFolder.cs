using System.Globalization;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// The folder of one run: journal, one folder a cell, the endpoints' own folders, certificates and keys. Nobody else
/// can open it until it is disposed of.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Chooses what is a run's own: links that a container left, or that came with a run of somebody else, lead
    /// elsewhere.
    /// </summary>
    internal static readonly EnumerationOptions OwnOnly = new() { AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The same, with all that lies below.</summary>
    internal static readonly EnumerationOptions OwnBelow = new()
    {
        RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private readonly RunLock _lock;

    private RunFolder(RunLock taken, string id, string path, string endpoints = "endpoints")
    {
        _lock = taken;
        Id = id;
        Path = path;
        Endpoints = System.IO.Path.Combine(path, endpoints);
        MakeOwned(Shared);
        MakeOwned(Endpoints);
        MakeOwned(Cells);
    }

    /// <summary>Name of the run: its time and, as two may begin in one second, its process.</summary>
    public string Id { get; }

    public string Path { get; }

    /// <summary>What endpoints may read: certificates, keys and payloads.</summary>
    public string Shared => System.IO.Path.Combine(Path, "shared");

    /// <summary>Parent of each endpoint's own folder; a run that goes on has one for each time.</summary>
    public string Endpoints { get; }

    private string Cells => System.IO.Path.Combine(Path, "cells");

    /// <summary>The journal's name in the folder.</summary>
    public const string JournalName = "results.jsonl";

    public string Journal => System.IO.Path.Combine(Path, JournalName);

    public string Plan => System.IO.Path.Combine(Path, PlanFile.Name);

    /// <summary>
    /// Opens the folder of a run that goes on. What is started for it now has a name and a folder of its own: what the
    /// servers of the time before said is evidence. Keys and certificates are made anew.
    /// </summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    /// <exception cref="InvalidDataException">The run is still going on.</exception>
    public static RunFolder Open(string path)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        var taken = RunLock.Take(path);
        var time = 2;
        while (Directory.Exists(System.IO.Path.Combine(path, $"endpoints-{time}"))) time++;
        try
        {
            var folder = new RunFolder(
                taken, $"{NameOf(path)}_{time}-{Environment.ProcessId}", path, $"endpoints-{time}");
            folder.RemoveKeys();
            Directory.Delete(folder.Shared, recursive: true);
            MakeOwned(folder.Shared);
            return folder;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Makes the folder of a run that begins now. Keys lie in it, so it is the owner's alone.</summary>
    public static RunFolder Create(string parent, DateTimeOffset now)
    {
        var id = now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + $"-{Environment.ProcessId}";
        for (var again = 2; Directory.Exists(System.IO.Path.Combine(parent, id)); again++)
            id = $"{id.Split('_')[0]}_{again}";
        var path = System.IO.Path.Combine(parent, id);
        Directory.CreateDirectory(parent);
        MakeOwned(path);
        return new RunFolder(RunLock.Take(path), id, path);
    }

    // Containers and networks are called by it, and people call folders as they like.
    private static string NameOf(string path) => string.Concat(System.IO.Path.GetFileName(path).Select(
        letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-' ? letter : '-'));

    /// <summary>The folder of a cell, made if it is not there.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="attempt">
    /// Which time it is that it is run, from 1: what came the first time is not to be lost.
    /// </param>
    public string CellFolder(Cell cell, int attempt = 1)
    {
        var folder = System.IO.Path.Combine(Cells, cell.Id);
        if (attempt > 1) folder = System.IO.Path.Combine(folder, AttemptName(attempt));
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>
    /// The folder in a cell's folder that has the evidence of a time that it was run, from the second on.
    /// </summary>
    public static string AttemptName(int attempt) => $"attempt-{attempt}";

    /// <summary>Removes the test keys; the rest of the run stays.</summary>
    /// <exception cref="IOException">Some can't be removed; all others are.</exception>
    public void RemoveKeys() => RemoveKeys(File.Delete);

    /// <summary>The same.</summary>
    /// <param name="delete">Deletes a file.</param>
    internal void RemoveKeys(Action<string> delete)
    {
        var stay = new List<string>();
        foreach (var key in Directory.EnumerateFiles(Path, "*", OwnBelow)
                     .Where(file => KeyFile.IsOne(System.IO.Path.GetFileName(file.AsSpan()))))
        {
            try
            {
                delete(key);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                stay.Add(refused.Message);
            }
        }
        if (stay.Count > 0)
            throw new IOException(
                $"keys of the run can't be removed: {string.Join("; ", stay)}\n  remedy: remove them by hand");
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Makes a folder that nobody else can open; one that is there is as its owner made it.</summary>
    internal static void MakeOwned(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly);
    }
}

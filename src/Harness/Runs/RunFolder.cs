using System.Globalization;
using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// The folder of one run: journal, one folder a cell, the endpoints' own folders, certificates and keys. Nobody else
/// can open it until it is disposed of.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Links that a container left in its folder lead elsewhere, and what lies there is not the run's.
    private static readonly EnumerationOptions Below = new()
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
        Create(Shared);
        Create(Endpoints);
        Create(Cells);
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
        var folder = new RunFolder(
            taken, $"{System.IO.Path.GetFileName(path)}_{time}-{Environment.ProcessId}", path, $"endpoints-{time}");
        folder.RemoveKeys();
        Directory.Delete(folder.Shared, recursive: true);
        Create(folder.Shared);
        return folder;
    }

    /// <summary>Makes the folder of a run that begins now. Keys lie in it, so it is the owner's alone.</summary>
    public static RunFolder Create(string parent, DateTimeOffset now)
    {
        var id = now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + $"-{Environment.ProcessId}";
        for (var again = 2; Directory.Exists(System.IO.Path.Combine(parent, id)); again++)
            id = $"{id.Split('_')[0]}_{again}";
        var path = System.IO.Path.Combine(parent, id);
        Directory.CreateDirectory(parent);
        Create(path);
        return new RunFolder(RunLock.Take(path), id, path);
    }

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

    /// <summary>The folder in a cell's folder that has the evidence of a time that it was run, from the second on.</summary>
    public static string AttemptName(int attempt) => $"attempt-{attempt}";

    /// <summary>Removes the test keys; the rest of the run stays.</summary>
    public void RemoveKeys()
    {
        foreach (var key in Directory.EnumerateFiles(Path, "*.key", Below)
                     .Concat(Directory.EnumerateFiles(Path, "key.pem", Below)))
            File.Delete(key);
    }

    public void Dispose() => _lock.Dispose();

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnerOnly);
    }
}

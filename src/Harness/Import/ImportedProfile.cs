using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Profiles;
using TlsInterop.Tls.Scripted.Profiles;

namespace TlsInterop.Harness.Import;

/// <summary>Writes what was recovered as a profile that people go on with.</summary>
public static class ImportedProfile
{
    private const string FirstLine = "Imported from a report; what was guessed is told below.";

    /// <summary>The file's text.</summary>
    public static string Text(ImportedConnection imported, ClientProfile profile)
    {
        var below = imported.Findings.SelectMany(Reactions).ToList();
        List<string> above =
        [
            FirstLine,
            .. imported.Guesses.Select(guess => $"Guessed: {guess}."),
            .. imported.Remarks.Select(remark => $"Remark: {remark}."),
        ];
        return ProfileYaml.Write(profile, $"a report, {imported.Form}", above, below);
    }

    /// <summary>Writes the file. It appears under its name only when it is whole.</summary>
    /// <exception cref="UsageException">There is a file of somebody's own.</exception>
    public static void Write(string path, ImportedConnection imported, ClientProfile profile)
    {
        if (Directory.Exists(path))
            throw new UsageException($"{path}: Expected: a file. Got: a folder.\n  remedy: --out {path}/PROFILE.yaml");
        if (File.Exists(path) && File.ReadLines(path).FirstOrDefault() != $"# {FirstLine}")
            throw new UsageException(
                $"{path}: it is there already, and was not imported.\n  remedy: remove it, or name another file");
        var unfinished = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            File.WriteAllText(unfinished, Text(imported, profile));
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static IEnumerable<string> Reactions(ImportedFinding finding)
    {
        yield return $"Seen: {finding.Text}.";
        if (finding.Triggers.Count == 0) yield break;
        yield return "Why is not certain. Of these reactions keep the one that is right:";
        yield return "reactions:";
        foreach (var trigger in finding.Triggers) yield return $"  - {{ to: {trigger}, with: {finding.With} }}";
    }
}

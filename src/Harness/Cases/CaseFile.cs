using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Profiles;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Cases;

/// <summary>
/// Reads <c>case.yaml</c>. The editor's schema, <c>matrices/case.schema.json</c>, has the same keys.
/// </summary>
public static class CaseFile
{
    public const string FileName = "case.yaml";
    public const string ProfileName = "profile.yaml";
    public const string ReadmeName = "README.md";

    /// <summary>Keys of the file.</summary>
    public static readonly IReadOnlyList<FileKey> Keys =
    [
        new("title", true, "name", "description"), new("links", false, "link", "url"), new("cells", true, "cell"),
        new("texts", false, "text", "logs"),
    ];

    /// <summary>Keys of a cell.</summary>
    public static readonly IReadOnlyList<FileKey> CellKeys =
    [
        new("cell", true, "id"), new("shows", true, "because", "description"), new("verdict", true, "expected"),
        new("signature", false), new("diagnosis", false, "cause"),
    ];

    /// <summary>Keys of a text.</summary>
    public static readonly IReadOnlyList<FileKey> TextKeys =
        [new("file", true), new("beside", true, "cell"), new("diagnosis", true, "cause")];

    private static readonly Dictionary<string, Verdict> Verdicts = new(StringComparer.Ordinal)
    {
        ["pass"] = Verdict.Pass, ["fail"] = Verdict.Fail, ["hang"] = Verdict.Hang,
    };

    /// <summary>Reads the case of a folder, and its profile.</summary>
    /// <exception cref="MatrixException">A file is missing or wrong; every problem is in it.</exception>
    public static ReportedCase Read(string folder)
    {
        var made = ReadCase(folder);
        // Workers read it again: by then nobody would know whose it is.
        if (File.Exists(made.ProfileFile)) ProfileFile.ReadClient(made.ProfileFile);
        return made;
    }

    private static ReportedCase ReadCase(string folder)
    {
        var file = YamlFile.Load(Path.Combine(folder, FileName));
        var id = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        var made = new ReportedCase(id, folder, "", [], [], []);
        if (file.Root is { } root)
        {
            var keys = file.Keys(root, "a case", Keys);
            made = made with
            {
                Title = file.Text(keys.GetValueOrDefault("title"), "what was reported") ?? "",
                Links = [.. file.Words(keys.GetValueOrDefault("links"), "a link or a list of links")
                    .Select(word => Link(file, word)).OfType<Uri>()],
                Cells = [.. file.Items(keys.GetValueOrDefault("cells"), "a list of cells")
                    .Select(item => CellOf(file, item)).OfType<CaseCell>()],
                Texts = [.. file.Items(keys.GetValueOrDefault("texts"), "a list of texts")
                    .Select(item => TextOf(file, item, folder)).OfType<CaseText>()],
            };
            foreach (var text in made.Texts.Where(text => made.Cells.All(cell => cell.Cell.Id != text.Beside)))
                file.Report(keys["texts"], $"'{text.Beside}' is no cell of this case");
            if (!File.Exists(Path.Combine(folder, ReadmeName)))
                file.Report(root, $"the case has no {ReadmeName}: it tells what was reported, and what was the cause");
        }
        file.ThrowIfProblems();
        return made;
    }

    private static Uri? Link(YamlFile file, YamlScalar word)
    {
        if (Uri.TryCreate(word.Text, UriKind.Absolute, out var link) && link.Scheme is "https" or "http") return link;
        file.Report(word, $"expected an http or https link, found '{word.Text}'");
        return null;
    }

    private static CaseCell? CellOf(YamlFile file, YamlValue item)
    {
        var keys = file.Keys(item, "a cell of a case", CellKeys);
        Cell? cell = null;
        if (file.Text(keys.GetValueOrDefault("cell"), "the id of a cell") is { } id
            && !CellId.TryParse(id, out cell, out var problem))
            file.Report(keys["cell"], problem);
        var shows = file.Text(keys.GetValueOrDefault("shows"), "what it shows");
        var word = file.Text(keys.GetValueOrDefault("verdict"), "a verdict");
        if (word is not null && !Verdicts.ContainsKey(word))
            file.Report(keys["verdict"], NearMatch.Unknown("verdict", word, Verdicts.Keys));
        var signature = keys.TryGetValue("signature", out var pin) ? KnownFailuresReader.Signature(file, pin) : null;
        var diagnosis = Diagnosis(file, keys);
        if (cell is null || shows is null || word is null || !Verdicts.TryGetValue(word, out var verdict)) return null;
        if (verdict == Verdict.Pass && signature is not null)
            file.Report(pin!, "a cell that passes has no signature of a failure");
        if (verdict != Verdict.Pass && signature is null)
            file.Report(item, $"expected a 'signature' of the {word}: any other would be taken for it");
        return new CaseCell(cell, shows, verdict, signature, diagnosis, item.Line);
    }

    private static CaseText? TextOf(YamlFile file, YamlValue item, string folder)
    {
        var keys = file.Keys(item, "a text of a case", TextKeys);
        var name = file.Text(keys.GetValueOrDefault("file"), "the name of a file");
        var beside = file.Text(keys.GetValueOrDefault("beside"), "the id of a cell");
        var diagnosis = Diagnosis(file, keys);
        if (name is not null && !File.Exists(Path.Combine(folder, name)))
            file.Report(keys["file"], $"there is no file '{name}' in the case's folder");
        return name is null || beside is null || diagnosis is null ? null : new CaseText(name, beside, diagnosis);
    }

    private static string? Diagnosis(YamlFile file, IReadOnlyDictionary<string, YamlValue> keys)
    {
        var id = file.Text(keys.GetValueOrDefault("diagnosis"), "the id of a rule of diagnosis");
        if (id is not null && DiagnosisRules.All.All(rule => rule.Id != id))
            file.Report(
                keys["diagnosis"], NearMatch.Unknown("diagnosis", id, DiagnosisRules.All.Select(rule => rule.Id))
                    + " ('explain --rules' lists all)");
        return id;
    }
}

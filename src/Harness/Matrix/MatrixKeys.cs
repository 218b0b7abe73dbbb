namespace TlsInterop.Harness.Matrix;

/// <summary>The keys of a matrix file. The editor's schema, <c>matrices/schema.json</c>, has the same.</summary>
public static class MatrixKeys
{
    /// <summary>Keys of the file itself.</summary>
    public static readonly IReadOnlyList<FileKey> Root =
    [
        new("name", true),
        new("description", false),
        new("snapshots", false, "snapshot", "verified"),
        new("profiles", false, "profile"),
        new("cases", false, "reports", "reported"),
        new("blocks", true, "block", "matrix"),
    ];

    /// <summary>Values of <c>snapshots</c>: its word, and whether handshakes are compared with accepted ones.</summary>
    public static readonly IReadOnlyDictionary<string, bool> Snapshots =
        new Dictionary<string, bool>(StringComparer.Ordinal) { ["compared"] = true, ["none"] = false };

    /// <summary>Values of <c>cases</c>: its word, and whether the cells of all bug reports are taken in.</summary>
    public static readonly IReadOnlyDictionary<string, bool> Cases =
        new Dictionary<string, bool>(StringComparer.Ordinal) { ["all"] = true, ["none"] = false };

    /// <summary>Keys of some values of some axes: of a profile, of a condition, of an inclusion.</summary>
    public static readonly IReadOnlyList<FileKey> Axes =
        [.. Axis.All.Select(axis => new FileKey(axis.Name, false, axis.AlsoCalled))];

    /// <summary>Keys of a block. A profile may bring the axes that it must have.</summary>
    public static readonly IReadOnlyList<FileKey> Block =
    [
        new("name", true),
        new("use", false, "uses", "profile", "profiles"),
        new("combine", false, "combination", "pairwise"),
        .. Axes,
        new("include", false, "includes", "always"),
        new("constraints", false, "constraint", "rules"),
        new("exclude", false, "excludes", "except", "skip"),
    ];

    /// <summary>Keys of an exclusion.</summary>
    public static readonly IReadOnlyList<FileKey> Exclusion = [.. Axes, new("because", true, "reason", "comment")];

    /// <summary>Keys of a constraint.</summary>
    public static readonly IReadOnlyList<FileKey> Constraint =
    [
        new("when", true, "if"), new("then", true, "must"), new("because", true, "reason", "comment"),
    ];

    /// <summary>
    /// Values of <c>combine</c>: its word, and how many axes at a time are met in every combination (0: all).
    /// </summary>
    public static readonly IReadOnlyDictionary<string, int> Combine =
        new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["all"] = 0,
        ["pairwise"] = 2,
        ["threewise"] = 3,
    };
}

using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Profiles;

/// <summary>Reads a profile of the scripted client or server; format in <c>containers/CONTRACT.md</c>.</summary>
public sealed class ProfileFile
{
    /// <summary>Name of the folder of profiles in an endpoint's folder.</summary>
    public const string FolderName = "profiles";

    private static readonly FileKey[] Shared =
        [new("description", true), new("source", false), new("versions", false), new("reactions", false),
         new("quirks", false)];

    private static readonly FileKey[] ClientKeys = [.. Shared, new("hello", false, "client-hello")];

    private static readonly FileKey[] ServerKeys =
        [.. Shared, new("suites", false, "ciphers"), new("groups", false, "curves"), new("extensions", false)];

    private static readonly FileKey[] ReactionKeys = [new("to", true), new("with", true, "alert")];

    private readonly YamlFile _file;
    private readonly IReadOnlyDictionary<string, YamlValue> _keys;

    private ProfileFile(string path, FileKey[] keys)
    {
        _file = YamlFile.Load(path);
        Name = Path.GetFileNameWithoutExtension(path);
        _keys = _file.Root is { } root
            ? _file.Keys(root, "a profile", keys)
            : new Dictionary<string, YamlValue>(StringComparer.Ordinal);
    }

    private string Name { get; }

    /// <summary>The profiles in an endpoint's folder, and their files.</summary>
    public static IReadOnlyDictionary<string, string> In(string folder)
    {
        var profiles = Path.Combine(folder, FolderName);
        return Directory.Exists(profiles)
            ? Directory.EnumerateFiles(profiles, "*.yaml").Order(StringComparer.Ordinal)
                .ToDictionary(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal)
            : new Dictionary<string, string>();
    }

    /// <summary>Reads a client's.</summary>
    /// <exception cref="MatrixException">The file is missing or wrong; every problem is in it.</exception>
    public static ClientProfile ReadClient(string path)
    {
        var file = new ProfileFile(path, ClientKeys);
        var profile = new ClientProfile(
            file.Name, file.Text("description"),
            file._keys.TryGetValue("hello", out var hello) ? new HelloShapeReader(file._file).Read(hello) : null,
            file.Versions(), file.Reactions(), file.Quirks(QuirkSide.Client));
        file._file.ThrowIfProblems();
        return profile;
    }

    /// <summary>Reads a server's.</summary>
    /// <exception cref="MatrixException">The file is missing or wrong; every problem is in it.</exception>
    public static ServerProfile ReadServer(string path)
    {
        var file = new ProfileFile(path, ServerKeys);
        var words = new ProfileWords(file._file);
        var profile = new ServerProfile(
            file.Name, file.Text("description"), file.Versions(),
            words.Suites(file._keys.GetValueOrDefault("suites")),
            words.Groups(file._keys.GetValueOrDefault("groups")),
            file._keys.TryGetValue("extensions", out var extensions) ? words.ExtensionTypes(extensions) : null,
            file.Reactions(), file.Quirks(QuirkSide.Server));
        file._file.ThrowIfProblems();
        return profile;
    }

    private string Text(string key) => _file.Text(_keys.GetValueOrDefault(key), "a sentence") ?? "";

    private IReadOnlyList<ProtocolVersion> Versions() =>
        new ProfileWords(_file).Versions(_keys.GetValueOrDefault("versions"));

    private IReadOnlyList<string> Quirks(QuirkSide side)
    {
        var known = AllQuirks.All.Where(quirk => quirk.Of.HasFlag(side)).Select(quirk => quirk.Name).ToArray();
        var named = _file.Words(_keys.GetValueOrDefault("quirks"), "a quirk or a list of quirks");
        foreach (var wrong in named.Where(word => !known.Contains(word.Text)))
            _file.Report(wrong, NearMatch.Unknown("quirk", wrong.Text, known));
        return [.. named.Select(word => word.Text).Where(known.Contains)];
    }

    private IReadOnlyList<Reaction> Reactions() =>
    [
        .. (_keys.TryGetValue("reactions", out var list) ? _file.Items(list, "a list of reactions") : [])
            .Select(Reaction).OfType<Reaction>(),
    ];

    private Reaction? Reaction(YamlValue item)
    {
        var keys = _file.Keys(item, "a reaction", ReactionKeys);
        var to = _file.Text(keys.GetValueOrDefault("to"), "what it can't bear");
        var with = _file.Text(keys.GetValueOrDefault("with"), "how it ends the connection");
        if (to is null || with is null) return null;
        var trigger = Triggers.Find(to);
        if (trigger is null)
            _file.Report(keys["to"], NearMatch.Unknown("trigger", to, Triggers.All.Select(known => known.Name)));
        // Any trigger tells whether the word is one.
        var reaction = ReactionWords.Find(trigger ?? Triggers.All[0], with);
        if (reaction is null) _file.Report(keys["with"], $"expected {ReactionWords.Known}, found '{with}'");
        return trigger is null ? null : reaction;
    }
}

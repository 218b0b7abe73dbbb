using TlsInterop.Harness.Pki;

namespace TlsInterop.Harness.Matrix;

/// <summary>Reads a matrix file into blocks, with every word checked.</summary>
internal sealed class MatrixReader(YamlFile file, IEndpointCatalogue catalogue)
{
    private readonly AxisVocabulary _vocabulary = new(catalogue);
    private readonly RuleReader _rules = new(file, " of this block");
    private readonly Dictionary<string, YamlValue> _profiles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The matrix' name and description, after <see cref="Blocks"/>.</summary>
    public string Name { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>True if the cells' handshakes are compared with accepted ones.</summary>
    public bool ComparesSnapshots { get; private set; } = true;

    /// <summary>True if the cells of all bug reports are taken in.</summary>
    public bool TakesCases { get; private set; }

    /// <summary>Every block of the file; what is wrong is reported to the file.</summary>
    public IReadOnlyList<MatrixBlock> Blocks()
    {
        if (file.Root is null) return [];
        var keys = file.Keys(file.Root, "a matrix", MatrixKeys.Root);
        Name = file.Text(keys.GetValueOrDefault("name"), "the matrix' name") ?? "";
        if (Name.Length > 0 && !CellId.IsWord(Name))
            file.Report(keys["name"],
                $"expected a name of lower-case letters, digits, '.', '_' and '-'; found '{Name}'");
        Description = file.Text(keys.GetValueOrDefault("description"), "a description") ?? "";
        ComparesSnapshots = Word(keys.GetValueOrDefault("snapshots"), "use of snapshots", MatrixKeys.Snapshots, true);
        TakesCases = Word(keys.GetValueOrDefault("cases"), "use of cases", MatrixKeys.Cases, false);
        ReadProfiles(keys.GetValueOrDefault("profiles"));
        var blocks = file.Items(keys.GetValueOrDefault("blocks"), "a list of blocks").Select(Block).ToList();
        foreach (var block in blocks.GroupBy(block => block.Name).Where(same => same.Key.Length > 0)
            .SelectMany(same => same.Skip(1)))
            file.Report(block.At, $"there is a block '{block.Name}' already");
        foreach (var (name, profile) in _profiles.Where(entry => !_used.Contains(entry.Key)))
            file.Report(profile, $"no block uses the profile '{name}'");
        return blocks;
    }

    private MatrixBlock Block(YamlValue value)
    {
        var keys = file.Keys(value, "a block", MatrixKeys.Block);
        var name = file.Text(keys.GetValueOrDefault("name"), "the block's name") ?? "";
        var axes = WithProfiles(keys);
        foreach (var missing in Axis.All.Where(axis => axis.IsRequired && !axes.ContainsKey(axis.Name)))
            file.Report(value, $"expected a block with the key '{missing}', it is missing");
        var values = Axis.All.ToDictionary(axis => axis, axis => Values(axis, axes.GetValueOrDefault(axis.Name)));
        var isOwnChoice = values[Axis.Version] is [var version] && version.Text == Cell.OwnDefaults;
        if (!isOwnChoice && !axes.ContainsKey(Axis.Suite.Name))
            file.Report(value, $"expected a block with the key '{Axis.Suite}', it is missing");
        var known = values.ToDictionary(entry => entry.Key, entry => Known(entry.Key, entry.Value));
        var exclusions = file.Items(keys.GetValueOrDefault("exclude"), "a list of exclusions")
            .Select(item => _rules.Exclusion(item, known));
        var constraints = file.Items(keys.GetValueOrDefault("constraints"), "a list of constraints")
            .Select(item => _rules.Constraint(item, known));
        var inclusions = file.Items(keys.GetValueOrDefault("include"), "a list of what to include")
            .Select(item => new Inclusion(
                item, _rules.Conditions(item, "an inclusion", MatrixKeys.Axes, known, out _)));
        var strength = Word(keys.GetValueOrDefault("combine"), "way to combine", MatrixKeys.Combine, 0);
        return new MatrixBlock(value, name, strength, values, [.. exclusions, .. constraints], [.. inclusions]);
    }

    private void ReadProfiles(YamlValue? value)
    {
        if (value is null) return;
        if (value is not YamlMapping profiles)
        {
            file.Report(value, "expected a mapping from a profile's name to values of axes");
            return;
        }
        foreach (var (name, axes) in profiles.Entries)
        {
            if (!_profiles.TryAdd(name.Text, axes)) file.Report(name, $"there is a profile '{name.Text}' already");
        }
    }

    // What a block says itself goes before what it takes from a profile.
    private Dictionary<string, YamlValue> WithProfiles(IReadOnlyDictionary<string, YamlValue> block)
    {
        var axes = new Dictionary<string, YamlValue>(block, StringComparer.Ordinal);
        foreach (var word in file.Words(block.GetValueOrDefault("use"), "a profile or a list of them"))
        {
            if (!_profiles.TryGetValue(word.Text, out var profile))
            {
                file.Report(word, NearMatch.Unknown("profile", word.Text, _profiles.Keys));
                continue;
            }
            _used.Add(word.Text);
            foreach (var (axis, values) in file.Keys(profile, "a profile", MatrixKeys.Axes, "axis"))
            {
                if (!axes.TryAdd(axis, values) && !block.ContainsKey(axis))
                    file.Report(word, $"another profile of this block has the axis '{axis}' already");
            }
        }
        return axes;
    }

    private T Word<T>(YamlValue? value, string what, IReadOnlyDictionary<string, T> words, T otherwise)
    {
        if (file.Text(value, $"a {what}") is not { } word) return otherwise;
        if (words.TryGetValue(word, out var meant)) return meant;
        file.Report(value!, NearMatch.Unknown(what, word, words.Keys));
        return otherwise;
    }

    private List<AxisValue> Values(Axis axis, YamlValue? value)
    {
        var values = new List<AxisValue>();
        foreach (var word in file.Words(value, $"a {axis} or a list of them"))
        {
            var texts = _vocabulary.Resolve(axis, word.Text, out var problem);
            if (problem is not null) file.Report(word, problem);
            foreach (var text in texts)
            {
                if (values.All(known => known.Text != text)) values.Add(new AxisValue(text, word));
                else if (!word.Text.EndsWith("@*", StringComparison.Ordinal))
                    file.Report(word, $"the {axis} '{text}' is there twice");
            }
        }
        return values;
    }

    // Without a word on certificates a block has the default one.
    private static IReadOnlyList<string> Known(Axis axis, List<AxisValue> values) =>
        axis == Axis.Certificate && values.Count == 0
            ? [CertificateProfile.Default]
            : [.. values.Select(value => value.Text)];
}

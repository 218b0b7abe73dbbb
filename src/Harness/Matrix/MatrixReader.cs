namespace TlsInterop.Harness.Matrix;

/// <summary>Reads a matrix file into blocks, with every word checked.</summary>
internal sealed class MatrixReader(YamlFile file, IEndpointCatalogue catalogue)
{
    private readonly AxisVocabulary _vocabulary = new(catalogue);

    /// <summary>The matrix' name and description, after <see cref="Blocks"/>.</summary>
    public string Name { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>True if the cells' handshakes are compared with accepted ones.</summary>
    public bool ComparesSnapshots { get; private set; } = true;

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
        var blocks = file.Items(keys.GetValueOrDefault("blocks"), "a list of blocks").Select(Block).ToList();
        foreach (var block in blocks.GroupBy(block => block.Name).Where(same => same.Key.Length > 0)
            .SelectMany(same => same.Skip(1)))
            file.Report(block.At, $"there is a block '{block.Name}' already");
        return blocks;
    }

    private MatrixBlock Block(YamlValue value)
    {
        var keys = file.Keys(value, "a block", MatrixKeys.Block, "axis");
        var name = file.Text(keys.GetValueOrDefault("name"), "the block's name") ?? "";
        var values = Axis.All.ToDictionary(axis => axis, axis => Values(axis, keys.GetValueOrDefault(axis.Name)));
        var exclusions = keys.TryGetValue("exclude", out var list)
            ? file.Items(list, "a list of exclusions").Select(item => Exclusion(item, values)).ToList()
            : [];
        var strength = Word(keys.GetValueOrDefault("combine"), "way to combine", MatrixKeys.Combine, 0);
        return new MatrixBlock(value, name, strength, values, exclusions);
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

    private Exclusion Exclusion(YamlValue value, Dictionary<Axis, List<AxisValue>> block)
    {
        var keys = file.Keys(value, "an exclusion", MatrixKeys.Exclusion, "axis");
        var because = file.Text(keys.GetValueOrDefault("because"), "a reason") ?? "";
        var conditions = Axis.All
            .Where(axis => keys.ContainsKey(axis.Name))
            .Select(axis => (axis, (IReadOnlySet<string>)Excluded(axis, keys[axis.Name], block[axis])))
            .ToList();
        if (conditions.Count == 0 && keys.ContainsKey("because"))
            file.Report(value, "expected an exclusion with at least one axis, it would exclude everything");
        return new Exclusion(value, because, conditions);
    }

    private HashSet<string> Excluded(Axis axis, YamlValue value, List<AxisValue> values)
    {
        var excluded = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in file.Words(value, $"a {axis}, a pattern, or a list of them"))
        {
            if (!Glob.TryParse(Pattern(axis, word.Text), out var glob, out var problem))
            {
                file.Report(word, problem);
                continue;
            }
            var meant = Known(axis, values).Where(glob.IsMatch).ToList();
            if (meant.Count == 0 && values.Count > 0)
                file.Report(word, $"no {axis} of this block is '{word.Text}'{Near(word.Text, values)}");
            excluded.UnionWith(meant);
        }
        return excluded;
    }

    // Without a word on certificates a block has the default one.
    private static IEnumerable<string> Known(Axis axis, List<AxisValue> values) =>
        axis == Axis.Certificate && values.Count == 0
            ? [CertificateProfile.Default]
            : values.Select(value => value.Text);

    // An endpoint's bare name means all its versions; a suite may have the name that another stack gives it.
    private static string Pattern(Axis axis, string word)
    {
        if (axis == Axis.Suite) return AxisVocabulary.SuiteName(word) ?? word;
        var isBareName = (axis == Axis.Server || axis == Axis.Client) && !word.AsSpan().ContainsAny("@*?{");
        return isBareName ? $"{{{word},{word}@*}}" : word;
    }

    private static string Near(string word, IReadOnlyList<AxisValue> values) =>
        NearMatch.Of(word, values.Select(value => value.Text)) is { } near ? $", did you mean '{near}'?" : "";
}

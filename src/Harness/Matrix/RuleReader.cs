namespace TlsInterop.Harness.Matrix;

/// <summary>Reads rules that take cells out, and the conditions that they are made of.</summary>
/// <param name="file">The file that they stand in.</param>
/// <param name="place">Behind "no scenario", where it was looked for: <c> of this block</c>.</param>
internal sealed class RuleReader(YamlFile file, string place)
{
    /// <summary>Reads an exclusion.</summary>
    /// <param name="value">What stands in the file.</param>
    /// <param name="known">The values that there are on each axis; none where the file has not said any.</param>
    public Exclusion Exclusion(YamlValue value, IReadOnlyDictionary<Axis, IReadOnlyList<string>> known)
    {
        var conditions = Conditions(value, "an exclusion", MatrixKeys.Exclusion, known, out var keys);
        var because = file.Text(keys.GetValueOrDefault("because"), "a reason") ?? "";
        if (conditions.Count == 0 && keys.ContainsKey("because"))
            file.Report(value, "expected an exclusion with at least one axis, it would exclude everything");
        return new Exclusion(value, because, conditions, Then: []);
    }

    /// <summary>Reads a constraint, likewise.</summary>
    public Exclusion Constraint(YamlValue value, IReadOnlyDictionary<Axis, IReadOnlyList<string>> known)
    {
        var keys = file.Keys(value, "a constraint", MatrixKeys.Constraint);
        var because = file.Text(keys.GetValueOrDefault("because"), "a reason") ?? "";
        var then = Part("then");
        if (then.Count == 0 && keys.TryGetValue("then", out var empty))
            file.Report(empty, "expected at least one axis behind 'then'");
        return new Exclusion(value, because, Part("when"), then);

        IReadOnlyList<Condition> Part(string name) => keys.TryGetValue(name, out var part)
            ? Conditions(part, $"what stands behind '{name}'", MatrixKeys.Axes, known, out _)
            : [];
    }

    /// <summary>Reads the conditions of a mapping: for each axis that it names, the values that it means.</summary>
    /// <param name="value">The mapping.</param>
    /// <param name="what">What it is, with its article.</param>
    /// <param name="allowed">The keys that it may have.</param>
    /// <param name="known">As of <see cref="Exclusion"/>.</param>
    /// <param name="keys">What it has.</param>
    public IReadOnlyList<Condition> Conditions(
        YamlValue value, string what, IReadOnlyList<FileKey> allowed,
        IReadOnlyDictionary<Axis, IReadOnlyList<string>> known, out IReadOnlyDictionary<string, YamlValue> keys)
    {
        var found = keys = file.Keys(value, what, allowed, allowed == MatrixKeys.Axes ? "axis" : "key");
        return
        [
            .. Axis.All.Where(axis => found.ContainsKey(axis.Name))
                .Select(axis => new Condition(axis, Meant(axis, found[axis.Name], known[axis]))),
        ];
    }

    private HashSet<string> Meant(Axis axis, YamlValue value, IReadOnlyList<string> known)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in file.Words(value, $"a {axis}, a pattern, or a list of them"))
        {
            if (!Glob.TryParse(Pattern(axis, word.Text), out var glob, out var problem))
            {
                file.Report(word, problem);
                continue;
            }
            var meant = known.Where(glob.IsMatch).ToList();
            if (meant.Count == 0 && known.Count > 0)
                file.Report(word, $"no {axis}{place} is '{word.Text}'{Near(word.Text, known)}");
            all.UnionWith(meant);
        }
        return all;
    }

    // An endpoint's bare name means all its versions; a suite may have the name that another stack gives it.
    private static string Pattern(Axis axis, string word)
    {
        if (axis == Axis.Suite) return AxisVocabulary.SuiteName(word) ?? word;
        var isBareName = (axis == Axis.Server || axis == Axis.Client) && !word.AsSpan().ContainsAny("@*?{");
        return isBareName ? $"{{{word},{word}@*}}" : word;
    }

    private static string Near(string word, IReadOnlyList<string> known) =>
        NearMatch.Of(word, known) is { } near ? $", did you mean '{near}'?" : "";
}

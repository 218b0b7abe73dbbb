namespace TlsInterop.Tls.Scripted.Quirks;

/// <summary>The quirks by name.</summary>
public static class AllQuirks
{
    private static readonly Dictionary<string, Quirk> ByName =
        new Quirk[][]
        {
            [.. RecordQuirks.Rows], [.. HelloQuirks.Rows], [.. SessionQuirks.Rows], [.. HandshakeQuirks.Rows],
            [.. EndingQuirks.Rows], [.. ServerQuirks.Rows],
        }.SelectMany(rows => rows).ToDictionary(quirk => quirk.Name, StringComparer.Ordinal);

    /// <summary>Every quirk, by name.</summary>
    public static IReadOnlyCollection<Quirk> All { get; } =
        [.. ByName.Values.OrderBy(quirk => quirk.Name, StringComparer.Ordinal)];

    /// <summary>The quirk of a name, or null.</summary>
    public static Quirk? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A behaviour with some quirks, in this order.</summary>
    public static Behaviour Behaviour(IEnumerable<Quirk> quirks)
    {
        var behaviour = new Behaviour();
        foreach (var quirk in quirks) quirk.Change(behaviour);
        return behaviour;
    }
}

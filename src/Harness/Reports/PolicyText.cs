using TlsInterop.Harness.Predictions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Reports;

/// <summary>What a server takes of its clients' offers, for people.</summary>
public static class PolicyText
{
    private const string Indent = "         ";
    private const int Room = 96;

    /// <summary>The lines, a paragraph for each version.</summary>
    public static IEnumerable<string> Lines(ServerPolicy policy)
    {
        foreach (var (id, version) in policy.Versions.Reverse())
        {
            var head = id.PadRight(Indent.Length);
            foreach (var (what, preference, name) in Choices(version))
            {
                if (preference.Ranks.Count == 0) continue;
                yield return $"{head}{what.PadRight(8)}{Order(preference)}";
                foreach (var line in Ranks(preference, name)) yield return $"{Indent}        {line}";
                head = Indent;
            }
            if (id == "tls1.3" && version.Schemes.Ranks.Count == 0)
                yield return $"{Indent}schemes that can't be seen without the server's key log";
            foreach (var (share, others) in version.Overtaken)
                yield return $"{Indent}a key share of {Group(share)} goes before "
                    + string.Join(", ", others.Select(Group));
            if (version.ExtendedMasterSecret == true) yield return $"{Indent}extended_master_secret";
            if (version.EncryptThenMac == true) yield return $"{Indent}encrypt_then_mac";
        }
        var refused = PolicyProbe.Versions.Select(version => version.Id).Except(policy.Versions.Keys).ToList();
        if (refused.Count > 0) yield return $"refused  {string.Join(", ", refused)}";
    }

    private static IEnumerable<(string What, Preference Preference, Func<ushort, string> Name)> Choices(
        VersionPolicy version) =>
    [
        ("suites", version.Suites, code => new CipherSuite(code).ToString()),
        ("groups", version.Groups, Group),
        ("shares", version.Shared, Group),
        ("schemes", version.Schemes, code => new SignatureScheme(code).ToString()),
    ];

    private static string Order(Preference preference) => preference switch
    {
        { IsProven: false } => "by no order that could be found out",
        { IsTheClients: true } => "the client's order decides",
        { Ranks: [{ Count: 1 }] } => "the only one",
        _ when preference.Ranks.All(rank => rank.Count == 1) => "the server's order decides",
        _ => "the server's order decides, between those of one line the client's",
    };

    // A rank begins a line; what has no room on it goes on below, a little to the right.
    private static IEnumerable<string> Ranks(Preference preference, Func<ushort, string> name)
    {
        foreach (var rank in preference.Ranks)
        {
            var line = "";
            foreach (var text in rank.Select(name))
            {
                if (line.Length > 0 && line.Length + text.Length > Room)
                {
                    yield return line + ",";
                    line = "  " + text;
                }
                else line += line.Length == 0 ? text : $", {text}";
            }
            yield return line;
        }
    }

    private static string Group(ushort code) => new NamedGroup(code).ToString();
}

using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Endpoints;

/// <summary>What an endpoint was probed to offer.</summary>
public sealed record Capabilities
{
    /// <summary>The stack's own version line.</summary>
    public required string Version { get; init; }

    /// <summary>Suites by the version's name in cell ids.</summary>
    public required Dictionary<string, HashSet<ushort>> Suites { get; init; }

    /// <summary>Code points of the groups that can be forced.</summary>
    public required HashSet<ushort> Groups { get; init; }

    /// <summary>Kinds of key that its server can use beside RSA and ECDSA on P-256, which every server can.</summary>
    public HashSet<string> Certificates { get; init; } = [];

    /// <summary>
    /// What its client's ClientHello offers, by the version's name in cell ids; empty if it was not seen.
    /// </summary>
    public Dictionary<string, ClientOffer> Offers { get; init; } = [];

    /// <summary>Listed names that no registry row here has.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>What a request asks for that this endpoint lacks, or null.</summary>
    public string? Lack(ProtocolVersion version, CipherSuite suite, string? group)
    {
        if (!Suites.TryGetValue(version.Id, out var suites) || suites.Count == 0) return version.ToString();
        if (!suites.Contains(suite.Code)) return $"{suite} in {version}";
        return group is not null && NamedGroups.Find(group) is { } row
            && !Groups.Contains(row.Code) ? $"group {group}" : null;
    }

    /// <summary>Reads the lines of the command <c>capabilities</c>.</summary>
    public static Capabilities Read(string version, string lines, NamingScheme names)
    {
        var suites = new Dictionary<string, HashSet<ushort>>(StringComparer.Ordinal);
        var groups = new HashSet<ushort>();
        var certificates = new HashSet<string>(StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var line in lines.Split('\n'))
        {
            switch (line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                case ["suite", var at, var name] when names.FindSuite(name) is { } suite:
                    if (!suites.TryGetValue(at, out var list)) suites[at] = list = [];
                    // A list of an older version may hold what only newer ones can use, and the other way round.
                    if (ProtocolVersion.TryParse(at, out var known) && suite.Info is { } row
                        && known >= row.OldestVersion && known <= row.NewestVersion)
                        list.Add(suite.Code);
                    break;
                case ["group", var name] when names.FindGroup(name) is { } group: groups.Add(group.Code); break;
                case ["certificate", var key] when CertificateProfile.All.Any(profile => profile.Key.Name == key):
                    certificates.Add(key);
                    break;
                case ["suite", _, var name]: unknown.Add(name); break;
                case ["group", var name]: unknown.Add(name); break;
                case ["certificate", var key]: unknown.Add(key); break;
            }
        }
        return new Capabilities
        {
            Version = version,
            Suites = suites,
            Groups = groups,
            Certificates = certificates,
            Unknown = [.. unknown.Distinct()],
        };
    }
}

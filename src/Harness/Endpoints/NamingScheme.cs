using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Endpoints;

/// <summary>How a family of stacks names suites and groups.</summary>
/// <param name="Name">Name in <c>endpoint.yaml</c>.</param>
/// <param name="Suite">The words for a suite in a command, or null if the family has none for it.</param>
/// <param name="ListedSuite">The name of a suite in the family's own lists, or null.</param>
/// <param name="Group">The name of a group, or null.</param>
public sealed record NamingScheme(
    string Name,
    Func<CipherSuiteInfo, string?> Suite,
    Func<CipherSuiteInfo, string?> ListedSuite,
    Func<NamedGroupInfo, string?> Group)
{
    /// <summary>Every scheme that an endpoint may name.</summary>
    public static readonly IReadOnlyList<NamingScheme> All =
    [
        new("iana", suite => "TLS_" + suite.Name, suite => "TLS_" + suite.Name, group => group.Name),
        new("openssl", suite => suite.OpenSsl, suite => suite.OpenSsl, group => group.OpenSsl),
        new("gnutls", GnuTlsPriority.OfSuite, suite => suite.GnuTls, group => group.GnuTls),
        new("jsse", suite => suite.Jsse, suite => suite.Jsse, group => group.Name),
    ];

    private readonly Lazy<Dictionary<string, CipherSuite>> _suites = new(() => CipherSuites.All
        .Where(row => ListedSuite(row) is not null)
        .DistinctBy(row => ListedSuite(row))
        .ToDictionary(row => ListedSuite(row)!, row => new CipherSuite(row.Code), StringComparer.Ordinal));

    private readonly Lazy<Dictionary<string, NamedGroup>> _groups = new(() => NamedGroups.All
        .Where(row => Group(row) is not null)
        .DistinctBy(row => Group(row))
        .ToDictionary(row => Group(row)!, row => new NamedGroup(row.Code), StringComparer.Ordinal));

    /// <summary>The scheme of a name, or null.</summary>
    public static NamingScheme? Find(string name) => All.FirstOrDefault(scheme => scheme.Name == name);

    /// <summary>The suite that a list of this family means, or null.</summary>
    public CipherSuite? FindSuite(string listed) => _suites.Value.TryGetValue(listed, out var suite) ? suite : null;

    /// <summary>The group that a list of this family means, or null.</summary>
    public NamedGroup? FindGroup(string listed) => _groups.Value.TryGetValue(listed, out var group) ? group : null;
}

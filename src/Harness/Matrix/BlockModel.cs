using TlsInterop.Harness.Matrix.Covering;
using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Matrix;

/// <summary>A block as a covering model: its values by number, and what they can't be together.</summary>
internal sealed class BlockModel
{
    private readonly EndpointReference[] _servers;
    private readonly EndpointReference[] _clients;
    private readonly string[] _scenarios;
    private readonly ProtocolVersion?[] _versions;
    private readonly CipherSuiteInfo?[] _suites;
    private readonly string?[] _groups;
    private readonly CertificateProfile[] _certificates;
    private readonly string?[] _quirks;
    private readonly string?[][] _texts;

    public BlockModel(MatrixBlock block, IEndpointCatalogue catalogue)
    {
        var offers = catalogue.Endpoints.ToDictionary(offer => offer.Name, StringComparer.Ordinal);
        _servers = Endpoints(block, Axis.Server);
        _clients = Endpoints(block, Axis.Client);
        _scenarios = [.. Texts(block, Axis.Scenario)];
        _versions = [.. Texts(block, Axis.Version).Select(Version)];
        // With no version, and no group that applies, the choice is the stacks'.
        _suites = [.. Texts(block, Axis.Suite).Select(CipherSuites.Find), null];
        _groups = [.. Texts(block, Axis.Group), null];
        _certificates = [.. Texts(block, Axis.Certificate).DefaultIfEmpty(CertificateProfile.Default)
            .Select(name => CertificateProfile.Find(name)!)];
        _quirks = [.. Texts(block, Axis.Quirk).DefaultIfEmpty(null!)];
        _texts =
        [
            [.. _servers.Select(server => server.ToString())], [.. _clients.Select(client => client.ToString())],
            _scenarios, [.. Texts(block, Axis.Version)], [.. _suites.Select(suite => suite?.Name)],
            _groups, [.. _certificates.Select(certificate => certificate.Name)],
            // Without quirks it is no axis: a block is covered by the same cells as if there were none.
            .. HasQuirks ? [_quirks] : Array.Empty<string?[]>(),
        ];
        Senses = Sense(offers, catalogue);
        Exclusions = [.. block.Exclusions.Select(ConstraintOf)];
        var sizes = _texts.Select(texts => texts.Length).ToArray();
        Lacks = [.. Lack(catalogue), .. catalogue.Facts.Where(IsOfThese).Select(ConstraintOf)];
        Points = new(sizes, Senses);
        Runnable = new(sizes, [.. Senses, .. Exclusions, .. Lacks]);
    }

    /// <summary>What makes sense: anything else is no point of the matrix.</summary>
    public IReadOnlyList<Constraint> Senses { get; }

    /// <summary>What the file takes out of it, in its order.</summary>
    public IReadOnlyList<Constraint> Exclusions { get; }

    /// <summary>What endpoints are known not to offer, or not to do in any matrix.</summary>
    public IReadOnlyList<Constraint> Lacks { get; }

    /// <summary>Every point that makes sense.</summary>
    public CoveringModel Points { get; }

    /// <summary>Those of them that are neither excluded nor known to be lacking.</summary>
    public CoveringModel Runnable { get; }

    /// <summary>Values of an axis, as cells have them.</summary>
    public string?[] Values(Axis axis) => Number(axis) < _texts.Length ? _texts[Number(axis)] : [null];

    /// <summary>The number of an axis: its place in <see cref="Axis.All"/>.</summary>
    public static int Number(Axis axis) => Array.IndexOf([.. Axis.All], axis);

    /// <summary>The cell of a row.</summary>
    public Cell CellOf(IReadOnlyList<int> row) => new(
        _servers[row[0]], _clients[row[1]], _scenarios[row[2]], _versions[row[3]],
        SuiteOf(_suites[row[4]]), _groups[row[5]], _certificates[row[6]].Name, HasQuirks ? _quirks[row[7]] : null);

    /// <summary>Why a point does not run; null if it does.</summary>
    public string? Reason(IReadOnlyList<int> row) =>
        Exclusions.Concat(Lacks).Select(rule => rule.BrokenBy(row)).FirstOrDefault(reason => reason is not null);

    /// <summary>Why no point that makes sense has the values chosen in a row: an example of each rule.</summary>
    public string WhyNone(int[] row)
    {
        var together = Senses.ToList();
        foreach (var rule in Senses)
        {
            if (!new CoveringModel(Points.Sizes, [.. together.Where(other => other != rule)]).CanComplete(row))
                together.Remove(rule);
        }
        return string.Join("; ", together.Select(rule => rule.FirstBroken(Points.Sizes, row)));
    }

    /// <summary>The sentence for what an endpoint is known not to offer; null if there is nothing.</summary>
    public static string? Lacking(
        IEndpointCatalogue catalogue, string role, EndpointReference endpoint, ProtocolVersion? version,
        CipherSuite? suite, string? group) =>
        catalogue.Lack(endpoint, version, suite, group) is { } lack
            ? $"the {role} {endpoint} does not offer {lack}" : null;

    /// <summary>The sentence for a server that can't use a kind of key; null if it can.</summary>
    public static string? LackingKey(IEndpointCatalogue catalogue, EndpointReference server, LeafKeyKind key) =>
        catalogue.CanUse(server, key) ? null : $"the server {server} can't use a certificate of {key}";

    /// <summary>The sentence for a client that offers no signatures of a kind of key; null if it does.</summary>
    public static string? LackingKey(
        IEndpointCatalogue catalogue, EndpointReference client, ProtocolVersion? version, string? group,
        LeafKeyKind key) => catalogue.CanVerify(client, version, group, key)
            ? null : $"the client {client} does not offer signatures of {key} in {version}";

    /// <summary>The sentence for two ends that both keep their secrets; null if one writes them down.</summary>
    public static string? LackingSecrets(
        IEndpointCatalogue catalogue, EndpointReference server, EndpointReference client) =>
        catalogue.TellSecrets(server, client)
            ? null : $"neither {server} nor {client} writes a key log: what they say can't be read";

    /// <summary>The row of a cell; null if a value of it is not of this block.</summary>
    public int[]? RowOf(Cell cell)
    {
        int[] row = [.. Axis.All.Select(axis => Array.IndexOf(Values(axis), axis.Of(cell)))];
        return row.Contains(-1) ? null : row[.._texts.Length];
    }

    private bool HasQuirks => _quirks is not [null];

    private List<Constraint> Sense(Dictionary<string, EndpointOffer> offers, IEndpointCatalogue catalogue)
    {
        const int server = 0, client = 1, scenario = 2, version = 3, suite = 4, group = 5, certificate = 6;
        return
        [
            new([server, scenario], row => offers[_servers[row[0]].Name].ServerScenarios.Contains(_scenarios[row[1]])
                ? null : $"{_servers[row[0]]} does not serve {_scenarios[row[1]]}"),
            new([client, scenario], row => offers[_clients[row[0]].Name].ClientScenarios.Contains(_scenarios[row[1]])
                ? null : $"{_clients[row[0]]} does not play {_scenarios[row[1]]}"),
            new([scenario, version], row => catalogue.HasScenarioAt(_scenarios[row[0]], _versions[row[1]])
                ? null : $"{_scenarios[row[0]]} is nothing of {_versions[row[1]]?.ToString() ?? "any version"}"),
            new([version, suite], row => SuiteFits(_versions[row[0]], _suites[row[1]])),
            new([version, suite, group], row => GroupFits(_versions[row[0]], _suites[row[1]], _groups[row[2]])),
            new([suite, certificate], row => _suites[row[0]] is not { } suite || _certificates[row[1]].Fits(suite)
                ? null : $"{suite.Name} does not use a certificate {_certificates[row[1]].Name}"),
            new([version, certificate], row =>
                !(_versions[row[0]] < ProtocolVersion.Tls12) || _certificates[row[1]].Key.IsOld
                ? null : $"{_versions[row[0]]} has no signatures of {_certificates[row[1]].Key}"),
            .. HasQuirks ? QuirkSense(catalogue) : [],
        ];
    }

    private List<Constraint> QuirkSense(IEndpointCatalogue catalogue)
    {
        const int server = 0, client = 1, version = 3, suite = 4, quirk = 7;
        Quirk Of(int value) => AllQuirks.Find(_quirks[value]!)!;
        return
        [
            new([server, client, quirk], row => WhyNotOf(
                catalogue, _servers[row[0]], _clients[row[1]], Of(row[2]))),
            new([suite, quirk], row => !Of(row[1]).IsOfCbc || _suites[row[0]] is null or { Mode: CipherMode.Cbc }
                ? null : $"{_quirks[row[1]]} is nothing of {_suites[row[0]]!.Name}"),
            new([version, quirk], row => Of(row[1]).IsOf(_versions[row[0]])
                ? null : $"{_quirks[row[1]]} is nothing of {_versions[row[0]]?.ToString() ?? "any version"}"),
        ];
    }

    // The scripted end has it; of two, the client.
    private static string? WhyNotOf(
        IEndpointCatalogue catalogue, EndpointReference server, EndpointReference client, Quirk quirk)
    {
        var ofClient = catalogue.HasQuirks(client);
        if (!ofClient && !catalogue.HasQuirks(server)) return $"neither {server} nor {client} is scripted: no quirks";
        return quirk.Of.HasFlag(ofClient ? QuirkSide.Client : QuirkSide.Server)
            ? null
            : $"{quirk.Name} is no quirk of a {(ofClient ? "client" : "server")}";
    }

    private List<Constraint> Lack(IEndpointCatalogue catalogue)
    {
        const int server = 0, client = 1, version = 3, suite = 4, group = 5, certificate = 6;
        string? Lacking(string role, EndpointReference endpoint, IReadOnlyList<int> row) => BlockModel.Lacking(
            catalogue, role, endpoint, _versions[row[1]], SuiteOf(_suites[row[2]]), _groups[row[3]]);
        return
        [
            new([server, version, suite, group], row => Lacking("server", _servers[row[0]], row)),
            new([client, version, suite, group], row => Lacking("client", _clients[row[0]], row)),
            new([server, client], row => LackingSecrets(catalogue, _servers[row[0]], _clients[row[1]])),
            new([server, certificate], row => LackingKey(catalogue, _servers[row[0]], _certificates[row[1]].Key)),
            new([client, version, group, certificate], row => LackingKey(
                catalogue, _clients[row[0]], _versions[row[1]], _groups[row[2]], _certificates[row[3]].Key)),
        ];
    }

    private static CipherSuite? SuiteOf(CipherSuiteInfo? row) => row is null ? null : new CipherSuite(row.Code);

    private static string? SuiteFits(ProtocolVersion? version, CipherSuiteInfo? suite) => (version, suite) switch
    {
        (null, null) => null,
        (null, { } named) => $"{named.Name} is no choice of the stacks' own",
        ({ } asked, null) => $"{asked} comes with a suite",
        ({ } asked, { } named) => asked >= named.OldestVersion && asked <= named.NewestVersion
            ? null : $"{named.Name} is no suite of {asked}",
    };

    private string? GroupFits(ProtocolVersion? stated, CipherSuiteInfo? suite, string? group)
    {
        if (stated is not { } version || suite is null)
            return group is null ? null : $"{group} is no choice of the stacks' own";
        if (group is not null)
            return KeyExchangeGroups.Find(group)!.AppliesTo(suite, version)
                ? null : $"{suite.Name} in {version} does not use the group {group}";
        return _groups.Any(other => other is not null && KeyExchangeGroups.Find(other)!.AppliesTo(suite, version))
            ? $"{suite.Name} in {version} uses a group, and the block names some" : null;
    }

    /// <summary>
    /// The points that meet some conditions, as rows in which nothing else is chosen: one for each choice of theirs.
    /// </summary>
    public IEnumerable<int[]> RowsOf(IReadOnlyList<Condition> conditions) =>
        conditions.Aggregate((IEnumerable<int[]>)[Points.OpenRow()], (rows, condition) =>
            rows.SelectMany(row => Chosen(row, condition)));

    private IEnumerable<int[]> Chosen(int[] row, Condition condition)
    {
        var number = Number(condition.Axis);
        for (var value = 0; value < _texts[number].Length; value++)
        {
            if (_texts[number][value] is not { } text || !condition.Values.Contains(text)) continue;
            var chosen = (int[])row.Clone();
            chosen[number] = value;
            yield return chosen;
        }
    }

    private bool IsOfThese(Exclusion fact) => fact.When.All(condition =>
        Values(condition.Axis).Any(text => text is not null && condition.Values.Contains(text)));

    private Constraint ConstraintOf(Exclusion exclusion)
    {
        var axes = exclusion.Axes.Select(Number).ToArray();
        return new(axes, values => exclusion.Takes(axis =>
        {
            var number = Number(axis);
            return _texts[number][values[Array.IndexOf(axes, number)]];
        }) ? exclusion.Because : null);
    }

    private static ProtocolVersion? Version(string id) => id == Cell.OwnDefaults ? null
        : ProtocolVersion.TryParse(id, out var version) ? version
        : throw new ArgumentException($"'{id}' is no version");

    private static EndpointReference[] Endpoints(MatrixBlock block, Axis axis) =>
    [
        .. Texts(block, axis).Select(text => EndpointReference.TryParse(text, out var reference)
            ? reference : throw new ArgumentException($"'{text}' is no endpoint")),
    ];

    private static IEnumerable<string> Texts(MatrixBlock block, Axis axis) =>
        block.Values[axis].Select(value => value.Text);
}

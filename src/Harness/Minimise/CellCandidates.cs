using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Minimise;

/// <summary>What may stand in the place of the values of a failing cell: what both of its ends offer.</summary>
/// <param name="catalogue">The endpoints, and what is known of them.</param>
/// <param name="failure">The cell.</param>
/// <param name="isAtHand">Tells of an endpoint whether it can be started at once.</param>
public sealed class CellCandidates(
    EndpointCatalogue catalogue, Cell failure, Func<EndpointReference, bool> isAtHand)
{
    // Whom to blame shows with two others at least; more make it surer, and take longer to start.
    private const int FewestStacks = 2, MostStacks = 5, MostScenarios = 2;

    // One of each kind, those that most stacks have.
    internal static readonly string[] UsualGroups =
        ["secp256r1", "x25519", "secp384r1", "ffdhe2048", "X25519MLKEM768"];

    private static readonly string[] UsualCertificates = [CertificateProfile.Default, "ecdsa-p256"];

    /// <summary>Servers: the failure's own, its other versions, other stacks.</summary>
    public IReadOnlyList<EndpointReference> Servers { get; } = Ends(
        catalogue, failure, failure.Server, failure.Client, isAtHand, offer => offer.ServerScenarios,
        offer => Shared(catalogue, failure, offer).Any() ? Rank(offer.ServerScenarios, failure) : null);

    /// <summary>Clients, likewise.</summary>
    public IReadOnlyList<EndpointReference> Clients { get; } = Ends(
        catalogue, failure, failure.Client, failure.Server, isAtHand, offer => offer.ClientScenarios,
        offer => offer.ClientScenarios.Contains(failure.Scenario) ? 0 : null);

    /// <summary>
    /// The values of an axis, the failure's own first. What suites, versions and groups there are is known when the
    /// failure's ends have been asked.
    /// </summary>
    public IReadOnlyList<string> Values(Axis axis)
    {
        IEnumerable<string?> others = axis == Axis.Server ? Servers.Select(server => server.ToString())
            : axis == Axis.Client ? Clients.Select(client => client.ToString())
            : axis == Axis.Scenario ? OtherScenarios()
            : axis == Axis.Version ? Versions().Select(version => version.Id)
            : axis == Axis.Suite ? Versions().SelectMany(SuitesAt).Distinct().Order().Select(code => Name(code))
            : axis == Axis.Group ? UsualGroups.Where(HaveGroup)
            : axis == Axis.Certificate ? UsualCertificates
            : [];
        return [.. others.Prepend(axis.Of(failure)).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    private static IReadOnlyList<EndpointReference> Ends(
        EndpointCatalogue catalogue, Cell failure, EndpointReference own, EndpointReference partner,
        Func<EndpointReference, bool> isAtHand, Func<EndpointOffer, IReadOnlyList<string>> scenarios,
        Func<EndpointOffer, int?> rank)
    {
        var ownVersions = Versions(catalogue.Definitions[own.Name], own.Version)
            .Select(name => own with { Version = name }).Where(isAtHand);
        // Who is known to lack what the failure asks for comes last. A third end says more than the partner's stack.
        bool Lacks(EndpointReference end) =>
            catalogue.Lack(end, failure.Version, failure.Suite, failure.Group) is not null;
        var stacks =
            from offer in catalogue.Endpoints
            where offer.Name != own.Name && scenarios(offer).Count > 0 && rank(offer) is not null
            let atHand = Preferred(offer.References.Where(isAtHand), own)
            let end = atHand ?? Preferred(offer.References, own)!
            orderby Lacks(end), rank(offer), offer.Name == partner.Name, offer.Name
            select (End: end, IsReady: atHand is not null);
        var ready = stacks.Where(stack => stack.IsReady).Select(stack => stack.End).Take(MostStacks).ToList();
        var others = stacks.Where(stack => !stack.IsReady).Select(stack => stack.End)
            .Take(Math.Max(0, FewestStacks - ready.Count(end => end.Name != partner.Name && !Lacks(end))));
        return [.. ownVersions.Prepend(own).Concat(ready).Concat(others).Distinct()];
    }

    // The nearest first. Profiles are no line of versions: whoever has no habits says most.
    private static IEnumerable<string> Versions(EndpointDefinition definition, string? own)
    {
        if (own is null) return [];
        if (definition.Profiles.Count > 0)
            return definition.Profiles.Keys.OrderBy(name => name != ClientProfile.Plain.Name)
                .ThenBy(name => name, StringComparer.Ordinal);
        var line = VersionOrder.Line(definition.VersionNames(), own).ToList();
        return line.OrderBy(name => Math.Abs(line.IndexOf(name) - line.IndexOf(own)));
    }

    // The version that stands on the same system, so that the stack alone differs; else the newest.
    private static EndpointReference? Preferred(IEnumerable<EndpointReference> versions, EndpointReference own)
    {
        var all = versions.ToList();
        return all.Find(reference => reference.Version == own.Version) ?? all.LastOrDefault();
    }

    private static int? Rank(IReadOnlyList<string> scenarios, Cell failure) =>
        scenarios.Contains(failure.Scenario) ? 0 : 1;

    // What the failure's client and another server can both do: the same, or something plain.
    private static IEnumerable<string> Shared(EndpointCatalogue catalogue, Cell failure, EndpointOffer server)
    {
        var played = catalogue.Definitions[failure.Client.Name].Client?.Scenarios ?? [];
        return server.ServerScenarios.Where(name => played.Contains(name)
            && (name == failure.Scenario || IsPlain(catalogue.Scenarios[name])));
    }

    private IEnumerable<string> OtherScenarios()
    {
        var offers = catalogue.Endpoints.ToDictionary(offer => offer.Name, StringComparer.Ordinal);
        var own = Shared(catalogue, failure, offers[failure.Server.Name]).Where(name => name != failure.Scenario);
        var ofOthers = Servers.Select(server => offers[server.Name])
            .Where(offer => !offer.ServerScenarios.Contains(failure.Scenario))
            .Select(offer => Shared(catalogue, failure, offer).FirstOrDefault()).OfType<string>();
        return own.Take(MostScenarios).Concat(ofOthers);
    }

    private static bool IsPlain(Scenario scenario) =>
        scenario is { Visits: 1, Wire.Count: 0, Server.Count: 0, Complaint: false }
        && scenario.Silence == TimeSpan.Zero
        && scenario.Client.Keys.All(key => key == ScenarioParameter.StartTls);

    private IEnumerable<ProtocolVersion> Versions() =>
        ProtocolVersion.Known.Where(version => SuitesAt(version).Any());

    private IEnumerable<ushort> SuitesAt(ProtocolVersion version)
    {
        IEnumerable<ushort> Of(EndpointReference end) =>
            catalogue.Known(end)?.Suites.GetValueOrDefault(version.Id) ?? [];
        return Of(failure.Server).Intersect(Of(failure.Client)).Where(code => CipherSuites.Find(code) is not null);
    }

    private static string Name(ushort code) => new CipherSuite(code).ToString();

    private bool HaveGroup(string name) => new[] { failure.Server, failure.Client }.All(end =>
        catalogue.Known(end)?.Groups.Contains(NamedGroups.Find(name)!.Code) ?? false);
}

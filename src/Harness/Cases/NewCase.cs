using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Import;
using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Profiles;

namespace TlsInterop.Harness.Cases;

/// <summary>A case that is being made of a report.</summary>
public sealed record NewCase
{
    /// <summary>The endpoint whose versions are profiles of clients.</summary>
    private const string Client = "scripted";

    /// <summary>Name of its folder, of its profile, and of nothing else.</summary>
    public required string Id { get; init; }

    /// <summary>The report's file.</summary>
    public required string Report { get; init; }

    /// <summary>What was recovered from it.</summary>
    public required ImportedConnection Imported { get; init; }

    /// <summary>The server that was reported.</summary>
    public required EndpointReference Server { get; init; }

    /// <summary>What the two do.</summary>
    public required string Scenario { get; init; }

    /// <summary>Certificate profile of the server.</summary>
    public required string Certificate { get; init; }

    /// <summary>What was reported, in a sentence; null for what its cell shows.</summary>
    public string? Title { get; init; }

    /// <summary>Where it was reported.</summary>
    public IReadOnlyList<Uri> Links { get; init; } = [];

    /// <summary>What the client can't bear, as far as that is known.</summary>
    public IReadOnlyList<Reaction> Reactions { get; init; } = [];

    /// <summary>The client as a profile.</summary>
    public ClientProfile Profile => Imported.Profile! with { Name = Id, Reactions = Reactions };

    /// <summary>
    /// The cell: version and suite are those that the server chose, if the report tells and the profile can speak them.
    /// </summary>
    public Cell Cell
    {
        get
        {
            var isKnown = Imported.Answer is { Version: { } version, Suite: { Info: { } row } }
                && Profile.Offers(version) && ScriptedOffers.IsOf(version, row);
            return new(
                Server, new(Client, Id), Scenario, isKnown ? Imported.Answer.Version : null,
                isKnown ? Imported.Answer.Suite : null, Group: null, Certificate);
        }
    }

    /// <summary>The scenario that a server and the scripted client both have; null if there is none.</summary>
    /// <param name="catalogue">The endpoints.</param>
    /// <param name="server">The server.</param>
    public static string? UsualScenario(EndpointCatalogue catalogue, EndpointReference server)
    {
        var served = catalogue.Definitions[server.Name].Server?.Scenarios ?? [];
        var played = catalogue.Definitions[Client].Client!.Scenarios;
        return played.FirstOrDefault(served.Contains);
    }
}

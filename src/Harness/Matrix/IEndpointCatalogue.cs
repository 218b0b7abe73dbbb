using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Matrix;

/// <summary>What an endpoint says about itself before it is started.</summary>
/// <param name="Name">Its name in cell ids.</param>
/// <param name="Versions">The versions that <c>name@*</c> stands for, in the order to show them; empty if it has
/// none.</param>
/// <param name="ServerScenarios">Scenarios that it plays as server; empty if it has no such role.</param>
/// <param name="ClientScenarios">Scenarios that it plays as client; empty if it has no such role.</param>
public sealed record EndpointOffer(
    string Name,
    IReadOnlyList<string> Versions,
    IReadOnlyList<string> ServerScenarios,
    IReadOnlyList<string> ClientScenarios)
{
    /// <summary>The references that this endpoint answers to.</summary>
    public IEnumerable<EndpointReference> References =>
        Versions.Count == 0
            ? [new EndpointReference(Name)]
            : Versions.Select(version => new EndpointReference(Name, version));
}

/// <summary>The endpoints that a matrix can name.</summary>
public interface IEndpointCatalogue
{
    /// <summary>Every endpoint, each name once.</summary>
    IReadOnlyList<EndpointOffer> Endpoints { get; }

    /// <summary>Cells that bug reports have become, which a matrix may take in.</summary>
    IReadOnlyList<Cell> ReportedCells => [];

    /// <summary>What stacks do not do though they have all that a cell asks for: no matrix runs it.</summary>
    IReadOnlyList<Exclusion> Facts => [];

    /// <summary>True if a scenario makes sense in a version, or, without one, in all.</summary>
    bool HasScenarioAt(string scenario, ProtocolVersion? version) => true;

    /// <summary>
    /// What an endpoint lacks for a cell, as far as it is known by probing: <c>group x25519</c>. Null if nothing is in
    /// its way; a guess is no reason.
    /// </summary>
    string? Lack(EndpointReference endpoint, ProtocolVersion? version, CipherSuite? suite, string? group) => null;

    /// <summary>
    /// False if neither of two ends writes down its secrets: what they say to each other can't be read.
    /// </summary>
    bool TellSecrets(EndpointReference server, EndpointReference client) => true;

    /// <summary>True if an endpoint is scripted: it can be told to have a quirk.</summary>
    bool HasQuirks(EndpointReference endpoint) => false;

    /// <summary>False if a server is known, by probing, to have no use for a kind of key.</summary>
    bool CanUse(EndpointReference server, LeafKeyKind key) => true;

    /// <summary>False if a client is known, by its ClientHello, to take no signatures of a kind of key.</summary>
    /// <param name="client">The client.</param>
    /// <param name="version">The version that is asked for; null if it is its own choice.</param>
    /// <param name="group">The group that is forced, or null.</param>
    /// <param name="key">The key.</param>
    bool CanVerify(EndpointReference client, ProtocolVersion? version, string? group, LeafKeyKind key) => true;
}

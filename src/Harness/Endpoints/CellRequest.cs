using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// What an endpoint is asked to do, in the words of the standards; <see cref="RequestWords"/> puts it into the stack's.
/// </summary>
/// <param name="Scenario">What to do.</param>
/// <param name="Version">The only version to speak; null if the stack is left to its own defaults.</param>
/// <param name="Suite">
/// The only suite to offer or to accept: a registry name, or a name that no stack knows; null exactly if the version
/// is.
/// </param>
/// <param name="Group">The only group to offer or to accept, or null.</param>
/// <param name="Certificate">Certificate profile of the server.</param>
public sealed record CellRequest(
    Scenario Scenario, ProtocolVersion? Version, string? Suite, string? Group, string Certificate)
{
    /// <summary>How a scripted end departs from the plain handshake, or null.</summary>
    public string? Quirk { get; init; }

    /// <summary>True if it is the server that does so.</summary>
    public bool IsQuirkOfServer { get; init; }

    /// <summary>
    /// Where the chances of a scripted client come from, so that it breaks the same each time; null for real ones.
    /// </summary>
    public long? Seed { get; init; }

    /// <summary>The same for a scripted server.</summary>
    public long? SeedOfServer { get; init; }

    /// <summary>What the client is asked of it.</summary>
    public CellRequest OfClient() => IsQuirkOfServer ? this with { Quirk = null } : this;

    /// <summary>
    /// What the server is asked of it: one that is left all its versions gets no version, suite or group.
    /// </summary>
    public CellRequest OfServer() =>
        Scenario.Server.ContainsKey(ScenarioParameter.Versions)
            ? this with { Version = null, Suite = null, Group = null, Quirk = OwnQuirk, Seed = null }
            : this with { Quirk = OwnQuirk, Seed = null };

    private string? OwnQuirk => IsQuirkOfServer ? Quirk : null;
}

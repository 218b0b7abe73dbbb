using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Workers;

/// <summary>A TLS implementation that runs in this process as a client.</summary>
internal interface ITlsClientStack
{
    /// <summary>Name and version, as a report prints it.</summary>
    string Version { get; }

    /// <summary>True if the stack speaks a version as it runs here.</summary>
    bool Offers(ProtocolVersion version);

    /// <summary>True if the stack speaks a suite at a version.</summary>
    bool Offers(ProtocolVersion version, ushort suite);

    /// <summary>
    /// Code points of all the suites that the stack speaks at a version; empty if it has not got the version.
    /// </summary>
    IReadOnlyList<ushort> SuitesAt(ProtocolVersion version);

    /// <summary>True if the stack can be told which suite to offer.</summary>
    bool CanChooseSuite { get; }

    /// <summary>Names of the groups that a request may ask for.</summary>
    IReadOnlyList<string> Groups { get; }

    /// <summary>
    /// What a scenario may ask of the stack: names of <see cref="Scenarios.ScenarioParameter"/>, with the values that
    /// it can obey; any value if there is none.
    /// </summary>
    IReadOnlyDictionary<string, IReadOnlyList<string>> Obeys { get; }

    /// <summary>
    /// True if a connection may go on with the session of any other of this process: who resumes his own must be alone.
    /// </summary>
    bool SharesSessions { get; }

    /// <summary>True if it can be told to depart from the plain handshake.</summary>
    bool HasQuirks => false;

    /// <summary>Shakes hands over a connected stream.</summary>
    Task<ITlsClientConnection> ConnectAsync(Stream transport, ClientOffer offer, CancellationToken cancellationToken);
}

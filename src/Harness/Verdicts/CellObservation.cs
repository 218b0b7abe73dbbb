using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Predictions;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Leases;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Harness.Verdicts;

/// <summary>All that was seen of one cell, for the judge.</summary>
public sealed record CellObservation
{
    public required Cell Cell { get; init; }
    public required CellRequest Request { get; init; }

    /// <summary>Which time it is that the cell is run, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Ends that play somebody with habits, by the direction in which they send.</summary>
    public IReadOnlyList<Direction> Habitual { get; init; } = [];

    /// <summary>The direction in which the end sends that has the cell's quirk; null if there is none.</summary>
    public Direction? QuirkSender =>
        Cell.Quirk is null ? null
        : Request.IsQuirkOfServer ? Direction.ServerToClient
        : Direction.ClientToServer;

    /// <summary>The direction in which the end sends that the quirk is tried on; null if there is none.</summary>
    public Direction? QuirkPeer => QuirkSender switch
    {
        null => null,
        Direction.ServerToClient => Direction.ClientToServer,
        _ => Direction.ServerToClient,
    };

    /// <summary>True if whoever sends in a direction is told to be odd: what it breaks proves nothing.</summary>
    public bool IsOdd(Direction? direction) =>
        direction is { } sender && (QuirkSender == sender || Habitual.Contains(sender));

    /// <summary>The server, or why there was none.</summary>
    public required ServerLease Server { get; init; }

    /// <summary>Octets of the server's log that were there before it was leased; null if nobody looked.</summary>
    public long? SaidBefore { get; init; }

    /// <summary>What the client said; null if it was never asked to connect.</summary>
    public ClientOutcome? Client { get; init; }

    /// <summary>What was captured of it; null likewise.</summary>
    public LeaseFrames? Frames { get; init; }

    /// <summary>Its connections, decoded, in the order in which they were opened.</summary>
    public IReadOnlyList<DecodedConnection> Connections { get; init; } = [];

    /// <summary>The secrets that they were decoded with.</summary>
    public KeyLog? KeyLog { get; init; }

    /// <summary>What the verification found.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>
    /// The connection that is judged: the last one, as a client that tries again is judged by how it ended.
    /// </summary>
    public DecodedConnection? Connection => Connections.Count > 0 ? Connections[^1] : null;

    /// <summary>What its server was found to choose; null if that is not known.</summary>
    public ServerPolicy? Policy { get; init; }

    /// <summary>What was to come of its last connection; null if that is not known.</summary>
    public Prediction? Prediction => Policy is { } policy && Connection?.Messages
        .Select(item => item.Message.Body).OfType<ClientHello>().FirstOrDefault() is { } hello
            ? Prediction.Of(hello, policy, Forgets || Connections.Count < 2 ? null : Connections[^2])
            : null;

    // What a server was told to forget it can't go on with.
    private bool Forgets =>
        Request.Scenario.Server.GetValueOrDefault(ScenarioParameter.Resume) == ScenarioParameter.Forget;

    /// <summary>The connections that the scenario wants, of which <see cref="Connection"/> is the last.</summary>
    public IEnumerable<DecodedConnection> Visits => Connections.TakeLast(Request.Scenario.Visits);
}

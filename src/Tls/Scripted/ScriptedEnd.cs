using Org.BouncyCastle.Security;

namespace TlsInterop.Tls.Scripted;

/// <summary>What both ends of a scripted connection have alike.</summary>
public abstract class ScriptedEnd
{
    private readonly Behaviour _behaviour;

    private protected ScriptedEnd(Stream transport, Behaviour behaviour, long? seed)
    {
        _behaviour = behaviour;
        Random = SeededRandom.Of(seed);
        Connection = new ScriptedConnection(transport, behaviour, Random);
    }

    /// <summary>The negotiated version and suite, for people.</summary>
    public string Description => Connection.Handshake is { Suite: { } suite } handshake
        ? $"{handshake.Version}, {suite.Name}"
        : "no handshake";

    private protected ScriptedConnection Connection { get; }

    private protected SecureRandom Random { get; }

    /// <summary>Takes the steps of the script.</summary>
    /// <exception cref="ScriptedFault">
    /// The peer did something that the script can't go on with; if there is an alert for it, it was sent.
    /// </exception>
    public Task HandshakeAsync(CancellationToken cancellationToken) =>
        Connection.RunAsync(_behaviour.Script(Steps()), cancellationToken);

    /// <summary>The next application data; nothing behind the last.</summary>
    /// <exception cref="ScriptedFault">The peer sent an alert, or what can't be read.</exception>
    public Task<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken) =>
        Connection.ReceiveDataAsync(cancellationToken);

    /// <summary>Sends application data.</summary>
    public Task SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        Connection.SendDataAsync(data, cancellationToken);

    /// <summary>Sends close_notify, if the behaviour has it.</summary>
    public Task CloseNotifyAsync(CancellationToken cancellationToken) =>
        Connection.CloseNotifyAsync(cancellationToken);

    // What comes next depends on what came: the steps are worked out as they are taken.
    private protected abstract IEnumerable<ScriptStep> Steps();
}

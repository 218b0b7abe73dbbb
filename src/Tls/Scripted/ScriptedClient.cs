using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>
/// A client that shakes hands as its script says, in TLS 1.0 to 1.3, with the shape and the habits of a profile. It
/// trusts every certificate that its profile does not react to: it is here to provoke, not to protect.
/// </summary>
/// <remarks>RFC 2246, RFC 4346, RFC 5246, RFC 8446. All with managed primitives.</remarks>
public sealed class ScriptedClient
{
    private readonly ClientOptions _options;
    private readonly ScriptedConnection _connection;
    private readonly ClientMessages _messages;

    /// <summary>A client on a connected stream.</summary>
    public ScriptedClient(Stream transport, ClientOptions options)
    {
        _options = options;
        var random = SeededRandom.Of(options.Seed);
        _connection = new ScriptedConnection(transport, options.Behaviour, random)
        {
            HeaderVersion = options.Profile.Hello.RecordVersion,
        };
        _messages = new ClientMessages(options, random, _connection);
        _connection.Speaks(_messages);
    }

    /// <summary>The negotiated version and suite, for people.</summary>
    public string Description => _connection.Handshake is { Suite: { } suite } handshake
        ? $"{handshake.Version}, {suite.Name}"
        : "no handshake";

    /// <summary>Application data both ways, behind the handshake.</summary>
    public Stream Data => field ??= new ScriptedStream(_connection);

    /// <summary>Takes the steps of the script.</summary>
    /// <exception cref="ScriptedFault">
    /// The peer did something that the script can't go on with; if there is an alert for it, it was sent.
    /// </exception>
    public Task HandshakeAsync(CancellationToken cancellationToken) =>
        _connection.RunAsync(_options.Behaviour.Script(Steps()), cancellationToken);

    /// <summary>Sends close_notify, if the behaviour has it.</summary>
    public Task CloseNotifyAsync(CancellationToken cancellationToken) =>
        _connection.CloseNotifyAsync(cancellationToken);

    // What comes next depends on what came: the steps are worked out as they are taken.
    private IEnumerable<ScriptStep> Steps()
    {
        yield return ScriptStep.Send(HandshakeType.ClientHello);
        yield return ScriptStep.Expect(HandshakeType.ServerHello);
        var handshake = _connection.Handshake;
        if (handshake.Version.IsTls13)
        {
            yield return ScriptStep.Expect(HandshakeType.Finished);
            yield return ScriptStep.Send(ContentType.ChangeCipherSpec);
            foreach (var step in Proof()) yield return step;
            yield return ScriptStep.Send(HandshakeType.Finished);
        }
        else
        {
            yield return ScriptStep.Expect(HandshakeType.ServerHelloDone);
            if (handshake.CertificateRequest is not null) yield return ScriptStep.Send(HandshakeType.Certificate);
            yield return ScriptStep.Send(HandshakeType.ClientKeyExchange);
            if (handshake.CertificateRequest is not null && _messages.HasCertificate)
                yield return ScriptStep.Send(HandshakeType.CertificateVerify);
            yield return ScriptStep.Send(ContentType.ChangeCipherSpec);
            yield return ScriptStep.Send(HandshakeType.Finished);
            yield return ScriptStep.Expect(HandshakeType.Finished);
        }
    }

    private IEnumerable<ScriptStep> Proof()
    {
        if (_connection.Handshake.CertificateRequest is null) yield break;
        yield return ScriptStep.Send(HandshakeType.Certificate);
        if (_messages.HasCertificate) yield return ScriptStep.Send(HandshakeType.CertificateVerify);
    }
}

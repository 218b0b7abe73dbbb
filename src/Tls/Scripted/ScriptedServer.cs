using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>
/// A server that shakes hands as its script says, in TLS 1.0 to 1.3, with the habits of a profile. It looks at no
/// certificate of a client: it is here to provoke, not to protect.
/// </summary>
/// <remarks>RFC 2246, RFC 4346, RFC 5246, RFC 8446. All with managed primitives.</remarks>
public sealed class ScriptedServer : ScriptedEnd
{
    private readonly ServerOptions _options;
    private readonly ServerMessages _messages;

    /// <summary>A server on a connected stream.</summary>
    public ScriptedServer(Stream transport, ServerOptions options)
        : base(transport, options.Behaviour, options.Seed)
    {
        _options = options;
        Connection.Speaks(_messages = new ServerMessages(options, Random, Connection));
    }

    private protected override IEnumerable<ScriptStep> Steps()
    {
        yield return ScriptStep.Expect(HandshakeType.ClientHello);
        if (_messages.Choice is { NeedsRetry: true })
        {
            yield return ScriptStep.Send(HandshakeType.ServerHello);
            yield return ScriptStep.Expect(HandshakeType.ClientHello);
        }
        yield return ScriptStep.Send(HandshakeType.ServerHello);
        var handshake = Connection.Handshake;
        foreach (var step in handshake.Version.IsTls13 ? Steps13(handshake)
            : handshake.IsResumed ? Resumed12()
            : Steps12(handshake)) yield return step;
    }

    private IEnumerable<ScriptStep> Steps13(Handshake handshake)
    {
        // RFC 8446, Appendix D.4: for middleboxes, where the client plays that game.
        if (!handshake.ClientHello!.SessionId.IsEmpty) yield return ScriptStep.Send(ContentType.ChangeCipherSpec);
        yield return ScriptStep.Send(HandshakeType.EncryptedExtensions);
        if (!handshake.IsResumed)
        {
            if (_options.Asks) yield return ScriptStep.Send(HandshakeType.CertificateRequest);
            yield return ScriptStep.Send(HandshakeType.Certificate);
            yield return ScriptStep.Send(HandshakeType.CertificateVerify);
        }
        yield return ScriptStep.Send(HandshakeType.Finished);
        yield return ScriptStep.Expect(HandshakeType.Finished);
        if (_messages.GivesTicket) yield return ScriptStep.Send(HandshakeType.NewSessionTicket);
    }

    private IEnumerable<ScriptStep> Steps12(Handshake handshake)
    {
        yield return ScriptStep.Send(HandshakeType.Certificate);
        if (handshake.Suite!.KeyExchange != KeyExchangeAlgorithm.Rsa)
            yield return ScriptStep.Send(HandshakeType.ServerKeyExchange);
        if (_options.Asks) yield return ScriptStep.Send(HandshakeType.CertificateRequest);
        yield return ScriptStep.Send(HandshakeType.ServerHelloDone);
        yield return ScriptStep.Expect(HandshakeType.Finished);
        if (_messages.GivesTicket) yield return ScriptStep.Send(HandshakeType.NewSessionTicket);
        yield return ScriptStep.Send(ContentType.ChangeCipherSpec);
        yield return ScriptStep.Send(HandshakeType.Finished);
    }

    private static IEnumerable<ScriptStep> Resumed12() =>
    [
        ScriptStep.Send(ContentType.ChangeCipherSpec),
        ScriptStep.Send(HandshakeType.Finished),
        ScriptStep.Expect(HandshakeType.Finished),
    ];
}

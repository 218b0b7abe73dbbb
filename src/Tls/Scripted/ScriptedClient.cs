using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>
/// A client that shakes hands as its script says, in TLS 1.0 to 1.3, with the shape and the habits of a profile. It
/// trusts every certificate that its profile does not react to: it is here to provoke, not to protect.
/// </summary>
/// <remarks>RFC 2246, RFC 4346, RFC 5246, RFC 8446. All with managed primitives.</remarks>
public sealed class ScriptedClient : ScriptedEnd
{
    private readonly ClientOptions _options;
    private ClientMessages _messages;

    /// <summary>A client on a connected stream.</summary>
    /// <exception cref="ArgumentException">Its profile has no ClientHello of its own.</exception>
    public ScriptedClient(Stream transport, ClientOptions options)
        : base(transport, options.Behaviour, options.Seed)
    {
        if (options.Profile.Hello is not { } hello)
            throw new ArgumentException($"the profile '{options.Profile.Name}' has no hello", nameof(options));
        _options = options;
        Connection.HeaderVersion = hello.RecordVersion;
        Connection.Speaks(_messages = new ClientMessages(options, Random, Connection));
    }

    /// <summary>What another connection can go on with: the newest; null as long as there is nothing.</summary>
    public ScriptedSession? Session => _messages.Session;

    /// <summary>True if the server went on with the session that it was offered.</summary>
    public bool IsResumed => Connection.Handshake.IsResumed;

    private protected override IEnumerable<ScriptStep> Steps()
    {
        foreach (var step in OneHandshake()) yield return step;
        if (!_options.Behaviour.Renegotiates || Connection.Handshake.Version.IsTls13) yield break;
        Connection.Handshake = new Handshake { Before = Connection.Handshake.Finished };
        Connection.Speaks(_messages = new ClientMessages(_options with { Session = null }, Random, Connection));
        foreach (var step in OneHandshake()) yield return step;
    }

    private IEnumerable<ScriptStep> OneHandshake()
    {
        yield return ScriptStep.Send(HandshakeType.ClientHello);
        yield return ScriptStep.Expect(HandshakeType.ServerHello);
        var handshake = Connection.Handshake;
        // RFC 8446, Section 4.1.4: a HelloRetryRequest, which has been answered, is followed by another.
        if (handshake.ServerHello is null) yield return ScriptStep.Expect(HandshakeType.ServerHello);
        foreach (var step in handshake.Version.IsTls13 ? Steps13()
            : handshake.IsResumed ? Resumed12()
            : Steps12(handshake)) yield return step;
    }

    private IEnumerable<ScriptStep> Steps13()
    {
        yield return ScriptStep.Expect(HandshakeType.Finished);
        yield return ScriptStep.Send(ContentType.ChangeCipherSpec);
        foreach (var step in Proof()) yield return step;
        yield return ScriptStep.Send(HandshakeType.Finished);
    }

    private IEnumerable<ScriptStep> Steps12(Handshake handshake)
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

    private static IEnumerable<ScriptStep> Resumed12() =>
    [
        ScriptStep.Expect(HandshakeType.Finished),
        ScriptStep.Send(ContentType.ChangeCipherSpec),
        ScriptStep.Send(HandshakeType.Finished),
    ];

    private IEnumerable<ScriptStep> Proof()
    {
        if (Connection.Handshake.CertificateRequest is null) yield break;
        yield return ScriptStep.Send(HandshakeType.Certificate);
        if (_messages.HasCertificate) yield return ScriptStep.Send(HandshakeType.CertificateVerify);
    }
}

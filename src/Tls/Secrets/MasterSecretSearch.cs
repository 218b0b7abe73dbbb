using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>
/// Follows one handshake of SSL 3.0 to TLS 1.2 and finds its master secret: in the key log, by a premaster secret that
/// was logged or that an RSA key opens, or in the session that it resumes.
/// </summary>
internal sealed class MasterSecretSearch(SessionSecrets secrets)
{
    private const int PremasterLength = 48;

    private readonly List<ReadOnlyMemory<byte>> _untilKeyExchange = [];
    private ReadOnlyMemory<byte> _clientRandom;
    private ReadOnlyMemory<byte> _offeredSession;
    private ReadOnlyMemory<byte> _offeredTicket;
    private ReadOnlyMemory<byte> _newTicket;
    private ReadOnlyMemory<byte> _certificate;
    private ServerHello? _choice;
    private ClientKeyExchange? _keyExchange;
    private byte[]? _masterSecret;
    private bool _isOver;

    /// <summary>True if the handshake resumes a session that nobody has remembered.</summary>
    public bool LacksSession => _isOver && _masterSecret is null && _keyExchange is null;

    /// <summary>Sees the next message of the handshake.</summary>
    public void Take(Direction direction, HandshakeMessage message)
    {
        if (message.Type == HandshakeType.HelloRequest) return;
        if (_keyExchange is null) _untilKeyExchange.Add(message.Bytes);
        switch (message.Body)
        {
            case ClientHello hello:
                _clientRandom = hello.Random;
                _offeredSession = hello.SessionId;
                _offeredTicket = hello.Extensions.Find<SessionTicketExtension>()?.Ticket ?? default;
                break;
            case SslV2ClientHello hello:
                _clientRandom = hello.Random;
                break;
            case ServerHello hello:
                _choice = hello;
                break;
            case Certificate { Entries: [var leaf, ..] } when direction == Direction.ServerToClient:
                _certificate = leaf.Data;
                break;
            case ClientKeyExchange exchange:
                _keyExchange = exchange;
                break;
            case NewSessionTicket ticket:
                _newTicket = ticket.Ticket;
                Remember();
                break;
        }
    }

    /// <summary>
    /// The master secret, or null. Asked at ChangeCipherSpec, when all that it depends on has been seen.
    /// </summary>
    public byte[]? Find()
    {
        if (!_isOver && _choice is { CipherSuite.Info: { } suite } choice)
        {
            _isOver = true;
            _masterSecret = Logged()
                ?? (_keyExchange is null ? Resumed(choice) : FromPremaster(choice, suite, _keyExchange));
            Remember();
        }
        return _masterSecret;
    }

    private byte[]? Logged() => secrets.KeyLog.Find(SecretLabels.ClientRandom, _clientRandom.Span)?.ToArray();

    // RFC 5246, Section 7.3: an abbreviated handshake has no key exchange; RFC 5077, Section 3.4: a server that takes
    // the ticket may answer with any session id.
    private byte[]? Resumed(ServerHello choice)
    {
        var secret = secrets.Sessions.Find(_offeredTicket.Span);
        if (secret is null && choice.SessionId.Span.SequenceEqual(_offeredSession.Span))
            secret = secrets.Sessions.Find(_offeredSession.Span) ?? LoggedBySession(choice);
        if (secret is not null) secrets.KeyLog.Keep(_clientRandom.Span, new WorkedOutSecret(secret));
        return secret;
    }

    private byte[]? LoggedBySession(ServerHello choice) =>
        secrets.KeyLog.Find(SecretLabels.SessionId, choice.SessionId.Span)?.ToArray();

    private byte[]? FromPremaster(ServerHello choice, CipherSuiteInfo suite, ClientKeyExchange exchange)
    {
        var isRsa = suite.KeyExchange == KeyExchangeAlgorithm.Rsa;
        var key = secrets.KeyFor(_certificate.Span, isRsa);
        var premaster = secrets.KeyLog.Find(SecretLabels.PremasterSecret, _clientRandom.Span)?.ToArray();
        if (isRsa) premaster ??= LoggedByExchange(exchange) ?? key?.Decrypt(exchange.Exchange.Span);
        if (isRsa && premaster?.Length != PremasterLength) premaster = null;

        var masterSecret = premaster is null ? LoggedBySession(choice) : MasterSecret(choice, suite, premaster);
        if (masterSecret is null) return null;
        ProtocolVersion? version = isRsa && premaster is [var major, var minor, ..]
            ? new ProtocolVersion((ushort)((major << 8) | minor))
            : null;
        secrets.KeyLog.Keep(_clientRandom.Span, new WorkedOutSecret(masterSecret, version));
        return masterSecret;
    }

    private byte[]? LoggedByExchange(ClientKeyExchange exchange) =>
        exchange.Exchange.Length < KeyLogLine.EncryptedPremasterPrefix
            ? null
            : secrets.KeyLog.Find(
                SecretLabels.EncryptedPremasterSecret,
                exchange.Exchange.Span[..KeyLogLine.EncryptedPremasterPrefix])?.ToArray();

    private byte[] MasterSecret(ServerHello choice, CipherSuiteInfo suite, byte[] premaster)
    {
        if (!choice.Extensions.Has(ExtensionType.ExtendedMasterSecret))
            return KeySchedule12.MasterSecret(choice.Version, suite, premaster, _clientRandom.Span, choice.Random.Span);

        // RFC 7627, Section 3: all messages up to and including ClientKeyExchange
        var transcript = new Transcript();
        foreach (var message in _untilKeyExchange) transcript.Add(message.Span);
        return KeySchedule12.ExtendedMasterSecret(choice.Version, suite, premaster, transcript);
    }

    private void Remember()
    {
        if (_masterSecret is null || _choice is null) return;
        secrets.Sessions.Keep(_choice.SessionId.Span, _masterSecret);
        secrets.Sessions.Keep(_newTicket.Span, _masterSecret);
    }
}

using Org.BouncyCastle.Security;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted.Keys;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>The client's half of a handshake.</summary>
internal sealed class ClientMessages : IPeerMessages
{
    private readonly ClientOptions _options;
    private readonly SecureRandom _random;
    private readonly ScriptedConnection _connection;
    private readonly ProfileReactions _reactions;
    private readonly ClientKeys _keys;
    private readonly ClientSessions _sessions;
    private readonly SigningKey? _signer;

    private ServerHello? _retry;
    private ProtectionPair? _protections;

    public ClientMessages(ClientOptions options, SecureRandom random, ScriptedConnection connection)
    {
        _options = options;
        _random = random;
        _connection = connection;
        _reactions = new ProfileReactions(options.Profile.Reactions, options.Now, options.ServerName);
        _keys = new ClientKeys(random);
        _sessions = new ClientSessions(options.Session, options.Now);
        _signer = options.PrivateKey is { } key ? SigningKey.Read(key, random) : null;
    }

    /// <summary>True if there is a certificate to show.</summary>
    public bool HasCertificate => _signer is not null && _options.Chain.Count > 0;

    /// <summary>What another connection can go on with: the newest; null as long as there is nothing.</summary>
    public ScriptedSession? Session => _sessions.Newest;

    private Handshake Handshake => _connection.Handshake;

    public HandshakeBody Make(HandshakeType type) => type switch
    {
        _ when type == HandshakeType.ClientHello => Hello(),
        _ when type == HandshakeType.Certificate => Certificate(),
        _ when type == HandshakeType.ClientKeyExchange => KeyExchange(),
        _ when type == HandshakeType.CertificateVerify => Verify(),
        _ when type == HandshakeType.Finished && Handshake.Suite is not null =>
            new Finished(Handshake.VerifyData(Direction.ClientToServer)),
        _ when type == HandshakeType.KeyUpdate => new KeyUpdate(RequestUpdate: 0),
        _ => throw new ScriptedFault($"a client sends no {type}", "internal_error"),
    };

    public void Bind(HandshakeType type, Span<byte> message)
    {
        if (type == HandshakeType.ClientHello) _sessions.Bind(Handshake.Transcript, message);
    }

    public void Sent(HandshakeType type, HandshakeBody body)
    {
        switch (body)
        {
            case ClientHello hello:
                Handshake.ClientHello = hello;
                break;
            case ClientKeyExchange:
                TakeMaster(Handshake.Agreed(ExtensionType.ExtendedMasterSecret)
                    ? _keys.ExtendedMasterSecret(Handshake)
                    : _keys.MasterSecret(Handshake));
                break;
            case Finished finished:
                Handshake.Finished = (finished.VerifyData.ToArray(), Handshake.Finished.Server);
                if (!Handshake.Version.IsTls13) break;
                _sessions.IsFinished(Handshake.Transcript);
                _connection.Writes(KeySchedule13.Protection(Handshake.Suite!, Handshake.TrafficSecrets.Client));
                break;
            case KeyUpdate:
                _connection.Writes(Handshake.Update(Direction.ClientToServer));
                break;
        }
    }

    public void Take(OpenedRecord record) => _reactions.Meet(record);

    public void Take(HandshakeMessage message)
    {
        if (message.Type == HandshakeType.HelloRequest) return;
        _reactions.Meet(message);
        if (Handshake.ServerHello is null && message.Body is not ServerHello)
            throw new ScriptedFault($"Expected ServerHello. Got: {message.Type}", "unexpected_message");
        if (message.Body is Finished finished) Check(finished);
        if (message.Body is not ServerHello { IsHelloRetryRequest: true }) Handshake.Transcript.Add(message.Bytes.Span);
        switch (message.Body)
        {
            case ServerHello { IsHelloRetryRequest: true } retry:
                TakeRetry(message, retry);
                break;
            case ServerHello hello:
                TakeHello(hello);
                break;
            case EncryptedExtensions answer:
                ServerChoices.CheckExtensions(Handshake.ClientHello!, answer);
                break;
            case Certificate { Entries.Count: 0 }:
                // RFC 8446, Section 4.4.2.4; RFC 5246, Section 7.4.2
                throw new ScriptedFault("Expected a certificate of the server. Got: none", "decode_error");
            case Certificate certificate:
                Handshake.PeerChain = [.. certificate.Entries.Select(entry => entry.Data)];
                break;
            case ServerKeyExchange exchange:
                ServerChoices.CheckGroup(Handshake.ClientHello!, exchange);
                Handshake.ServerKeyExchange = exchange;
                break;
            case CertificateRequest request:
                Handshake.CertificateRequest = request;
                break;
            case NewSessionTicket ticket:
                _sessions.Take(ticket, Handshake, _keys.Tree);
                break;
            case KeyUpdate update when Handshake.TrafficSecrets.Server.Length > 0:
                _connection.Reads(Handshake.Update(Direction.ServerToClient));
                if (update.RequestUpdate == 1) _connection.Send(HandshakeType.KeyUpdate);
                break;
            case Finished when Handshake.Version.IsTls13:
                _reactions.Meet(Handshake.PeerChain);
                TakeTrafficSecrets();
                break;
            case Finished:
                _sessions.Keep(Handshake);
                break;
            case EmptyBody when message.Type == HandshakeType.ServerHelloDone:
                _reactions.Meet(Handshake.PeerChain);
                break;
        }
    }

    public RecordProtection? Writing() => Protections()?.Client;

    public RecordProtection? Reading() => Protections()?.Server;

    private ProtectionPair? Protections() => Handshake.Version.IsTls13 || Handshake.MasterSecret.Length == 0
        ? null
        : _protections ??= Handshake.Protections(_random);

    private ClientHello Hello()
    {
        var shape = _options.Profile.Hello!;
        // RFC 8446, Section 4.1.2: the second hello repeats the first but for what the server asked for.
        var first = Handshake.ClientHello;
        var occasion = new HelloOccasion(_options.ServerName, _keys.ShareOf)
        {
            Ticket = _sessions.Ticket, VerifyData = Handshake.Before.Client,
        };
        var made = (shape.Extensions ?? [])
            .Select(item => ExtensionMakers.Make(WithRetry(item), occasion)).OfType<Extension>().ToList();
        if (_retry?.Extensions.Find<CookieExtension>() is { } cookie)
            made.Insert(0, Extension.Of(ExtensionType.Cookie, cookie, ExtensionPlace.ClientHello));
        if (_sessions.PreSharedKey is { } key)
            made.Add(Extension.Of(ExtensionType.PreSharedKey, key, ExtensionPlace.ClientHello));
        return new ClientHello(
            shape.Version,
            first?.Random ?? SecureRandom.GetNextBytes(_random, 32),
            first?.SessionId ?? _sessions.IdFor(shape, _random),
            shape.Suites,
            shape.CompressionMethods,
            shape.Extensions is null ? ExtensionList.Absent : ExtensionList.Of(made));
    }

    private ExtensionShape WithRetry(ExtensionShape shape) =>
        RetryGroup is { } group && shape.Type == ExtensionType.KeyShare
            ? shape with { Words = [$"0x{group.Code:x4}"] }
            : shape;

    private NamedGroup? RetryGroup => _retry?.Extensions.Find<KeyShareExtension>()?.SelectedGroup;

    private void TakeRetry(HandshakeMessage message, ServerHello retry)
    {
        if (_retry is not null || Handshake.ServerHello is not null)
            throw new ScriptedFault("Expected one HelloRetryRequest at most. Got: another", "unexpected_message");
        ServerChoices.CheckRetry(Handshake.ClientHello!, retry);
        Handshake.Transcript.ReplaceByMessageHash((retry.CipherSuite.Info ?? throw Unknown(retry.CipherSuite)).PrfHash);
        Handshake.Transcript.Add(message.Bytes.Span);
        _retry = retry;
        // RFC 8446, Appendix D.4: a ChangeCipherSpec may follow, which means nothing.
        _connection.Negotiated(retry.Version);
        _connection.Send(HandshakeType.ClientHello);
    }

    private void TakeHello(ServerHello hello)
    {
        if (Handshake.ServerHello is not null)
            throw new ScriptedFault("Expected one ServerHello. Got: another", "unexpected_message");
        ServerChoices.Check(Handshake.ClientHello!, _retry, hello);
        if (_options.Profile.Versions is { Count: > 0 } spoken && !spoken.Contains(hello.Version))
            throw new ScriptedFault(
                $"Expected one of {string.Join(", ", spoken)}. Got: {hello.Version}", "protocol_version");
        Handshake.ServerHello = hello;
        Handshake.Version = hello.Version;
        Handshake.Suite = hello.CipherSuite.Info ?? throw Unknown(hello.CipherSuite);
        _connection.Negotiated(hello.Version);
        var resumed = _sessions.ResumedBy(Handshake.ClientHello!, hello);
        Handshake.IsResumed = resumed is not null;
        if (!Handshake.Version.IsTls13)
        {
            if (resumed is not null) TakeMaster(resumed.Secret.ToArray());
            return;
        }

        var share = hello.Extensions.Find<KeyShareExtension>() is { Entries: [var entry] }
            ? entry
            : throw new ScriptedFault("Expected key_share of the server. Got: none", "missing_extension");
        _keys.AgreeTls13(Handshake, share, resumed?.Secret ?? default);
        Log(SecretLabels.ClientHandshakeTrafficSecret, Handshake.HandshakeSecrets.Client);
        Log(SecretLabels.ServerHandshakeTrafficSecret, Handshake.HandshakeSecrets.Server);
        _connection.Reads(
            KeySchedule13.Protection(Handshake.Suite, Handshake.HandshakeSecrets.Server)
            ?? throw Unknown(hello.CipherSuite));
        _connection.Writes(KeySchedule13.Protection(Handshake.Suite, Handshake.HandshakeSecrets.Client));
    }

    private void TakeTrafficSecrets()
    {
        _keys.Master(Handshake);
        Log(SecretLabels.ClientTrafficSecret0, Handshake.TrafficSecrets.Client);
        Log(SecretLabels.ServerTrafficSecret0, Handshake.TrafficSecrets.Server);
        _connection.Reads(KeySchedule13.Protection(Handshake.Suite!, Handshake.TrafficSecrets.Server));
    }

    private Certificate Certificate() => new(
        Handshake.CertificateRequest?.RequestContext,
        [
            .. (HasCertificate ? _options.Chain : []).Select(der => new CertificateEntry(
                der, Summary: null, Handshake.Version.IsTls13 ? ExtensionList.Of([]) : ExtensionList.Absent)),
        ]);

    private ClientKeyExchange KeyExchange() =>
        new(Handshake.Suite!.KeyExchange, PskIdentity: null, _keys.Exchange(Handshake));

    private CertificateVerify Verify()
    {
        var request = Handshake.CertificateRequest!;
        var offered = request.Extensions.Find<SignatureAlgorithmsExtension>()?.Schemes ?? request.SignatureSchemes;
        SignatureScheme? scheme = Handshake.Context.NamesSignatureScheme
            ? _signer!.Choose(Handshake.Version, offered)
                ?? throw new ScriptedFault("the server takes no scheme of our key", "handshake_failure")
            : null;
        var content = Handshake.Version.IsTls13
            ? SignedContent.CertificateVerify13(
                Direction.ClientToServer, Handshake.Suite!.PrfHash, Handshake.Transcript)
            : Handshake.Transcript.Bytes;
        return new(scheme, _signer!.Sign(scheme, content));
    }

    // The one check that no profile goes without: a wrong Finished is an attack, or a bug of ours.
    private void Check(Finished finished)
    {
        Handshake.RequireFinished(_connection, Handshake.Finished.Server);
        if (!finished.VerifyData.Span.SequenceEqual(Handshake.VerifyData(Direction.ServerToClient)))
            throw new ScriptedFault("Expected another verify_data in Finished", "decrypt_error");
        Handshake.Finished = (Handshake.Finished.Client, finished.VerifyData.ToArray());
    }

    private void TakeMaster(byte[] secret)
    {
        Handshake.MasterSecret = secret;
        Log(SecretLabels.ClientRandom, secret);
    }

    private void Log(string label, byte[] secret) => _options.KeyLog?.Invoke(
        new KeyLogLine(label, Handshake.ClientHello!.Random.ToArray(), secret).ToString());

    private static ScriptedFault Unknown(CipherSuite suite) =>
        new($"there is no managed code for {suite}", "illegal_parameter");
}

using Org.BouncyCastle.Security;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted.Keys;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>The server's half of a handshake.</summary>
internal sealed class ServerMessages : IPeerMessages
{
    // RFC 5246, Section 7.4.1.4.1: who does not say which schemes he takes is taken to take SHA-1.
    private static readonly SignatureScheme[] UnnamedSchemes =
    [
        .. new[] { "rsa_pkcs1_sha1", "ecdsa_sha1" }
            .Select(name => new SignatureScheme(SignatureSchemes.Find(name)!.Code)),
    ];

    private readonly ServerOptions _options;
    private readonly SecureRandom _random;
    private readonly ScriptedConnection _connection;
    private readonly ProfileReactions _reactions;
    private readonly ServerPreferences _preferences;
    private readonly ServerHelloMaker _hellos;
    private readonly ServerSessions _sessions;
    private readonly SigningKey _signer;
    private readonly ServerKeys _keys;

    private ProtectionPair? _protections;
    private SecretTree13? _tree;
    private byte[] _preSharedKey = [];

    public ServerMessages(ServerOptions options, SecureRandom random, ScriptedConnection connection)
    {
        _options = options;
        _random = random;
        _connection = connection;
        _reactions = new ProfileReactions(options.Profile.Reactions, DateTimeOffset.UtcNow, serverName: null);
        _signer = SigningKey.Read(options.PrivateKey, random);
        _preferences = new ServerPreferences(options, _signer);
        _keys = new ServerKeys(_signer, random);
        _hellos = new ServerHelloMaker(options, _preferences, random);
        _sessions = new ServerSessions(options.Sessions, random);
    }

    /// <summary>What was chosen; null before the client's hello.</summary>
    public ServerChoice? Choice { get; private set; }

    /// <summary>True if a ticket follows the handshake of TLS 1.3, or stands in the one before it.</summary>
    public bool GivesTicket => _options.Sessions is not null && !Handshake.IsResumed
        && (Handshake.Version.IsTls13 || Handshake.Agreed(ExtensionType.SessionTicket));

    private Handshake Handshake => _connection.Handshake;

    public HandshakeBody Make(HandshakeType type) => type switch
    {
        _ when type == HandshakeType.HelloRequest || type == HandshakeType.ServerHelloDone => new EmptyBody(),
        _ when type == HandshakeType.ServerHello && Choice is { NeedsRetry: true } => Retry(),
        _ when type == HandshakeType.ServerHello && Choice is not null => Hello(),
        _ when type == HandshakeType.EncryptedExtensions => _hellos.Encrypted(Handshake.ClientHello!),
        _ when type == HandshakeType.Certificate => Certificate(),
        _ when type == HandshakeType.CertificateRequest => Request(),
        _ when type == HandshakeType.ServerKeyExchange && Choice?.Group is not null => KeyExchange(),
        _ when type == HandshakeType.CertificateVerify && Handshake.Suite is not null => Verify(),
        _ when type == HandshakeType.Finished && Handshake.Suite is not null =>
            new Finished(Handshake.VerifyData(Direction.ServerToClient)),
        _ when type == HandshakeType.NewSessionTicket => _sessions.Ticket(Handshake, _tree),
        _ when type == HandshakeType.KeyUpdate => new KeyUpdate(RequestUpdate: 0),
        _ => throw new ScriptedFault($"a server sends no {type} here", "internal_error"),
    };

    public void Bind(HandshakeType type, Span<byte> message)
    {
        // Nothing that a server says does.
    }

    public void Sent(HandshakeType type, HandshakeBody body)
    {
        switch (body)
        {
            case ServerHello { IsHelloRetryRequest: false } hello:
                Handshake.ServerHello = hello;
                if (Handshake.Version.IsTls13) Agree13();
                else if (Handshake.IsResumed) LogMaster();
                break;
            case Finished finished:
                Handshake.Finished = (Handshake.Finished.Client, finished.VerifyData.ToArray());
                if (Handshake.Version.IsTls13) Master13();
                break;
            case KeyUpdate:
                _connection.Writes(Handshake.Update(Direction.ServerToClient));
                break;
        }
    }

    public void Take(OpenedRecord record) => _reactions.Meet(record);

    public void Take(HandshakeMessage message)
    {
        if (Handshake.ClientHello is null && message.Body is not ClientHello)
            throw new ScriptedFault($"Expected ClientHello. Got: {message.Type}", "unexpected_message");
        _reactions.Meet(message);
        if (message.Body is Finished finished) Check(finished);
        var before = Handshake.Transcript.Copy();
        Handshake.Transcript.Add(message.Bytes.Span);
        switch (message.Body)
        {
            case ClientHello hello:
                TakeHello(hello, before, message.Bytes);
                break;
            // RFC 8446, Section 4.4.2; RFC 5246, Section 7.4.6
            case Certificate _ when !_options.Asks:
                throw new ScriptedFault("Expected no Certificate unasked. Got: one", "unexpected_message");
            case Certificate certificate:
                Handshake.PeerChain = [.. certificate.Entries.Select(entry => entry.Data)];
                if (_options.RequiresCertificate && certificate.Entries.Count == 0)
                    throw new ScriptedFault(
                        "Expected a certificate. Got: none",
                        Handshake.Version.IsTls13 ? "certificate_required" : "handshake_failure");
                break;
            case ClientKeyExchange exchange:
                TakeKeyExchange(exchange);
                break;
            case KeyUpdate update when Handshake.TrafficSecrets.Client.Length > 0:
                _connection.Reads(Handshake.Update(Direction.ClientToServer));
                if (update.RequestUpdate == 1) _connection.Send(HandshakeType.KeyUpdate);
                break;
            case Finished when Handshake.Version.IsTls13:
                _connection.Reads(KeySchedule13.Protection(Handshake.Suite!, Handshake.TrafficSecrets.Client));
                break;
        }
    }

    public RecordProtection? Writing() => Protections()?.Server;

    public RecordProtection? Reading() => Protections()?.Client;

    private ProtectionPair? Protections() => Handshake.Version.IsTls13 || Handshake.MasterSecret.Length == 0
        ? null
        : _protections ??= Handshake.Protections(_random);

    private void TakeHello(ClientHello hello, Transcript before, ReadOnlyMemory<byte> message)
    {
        if (Handshake.ServerHello is not null)
            throw new ScriptedFault("Expected no second ClientHello. Got: one", "unexpected_message");
        var first = Choice;
        Handshake.ClientHello = hello;
        Choice = _preferences.Choose(hello);
        // RFC 8446, Sections 4.1.2 and 4.1.4
        if (first is not null && Choice != first with { NeedsRetry = false })
            throw new ScriptedFault(
                $"Expected a share of {first.Group} for {first.Suite.Name}, as was asked for. Got: another offer",
                "illegal_parameter");
        Handshake.Version = Choice.Version;
        Handshake.Suite = Choice.Suite;
        _connection.Negotiated(Choice.Version);
        if (Choice.NeedsRetry || _sessions.Find(hello, Choice, before, message) is not { } session) return;
        Handshake.IsResumed = true;
        if (Choice.Version.IsTls13) _preSharedKey = session.Secret.ToArray();
        else Handshake.MasterSecret = session.Secret.ToArray();
    }

    private ServerHello Retry()
    {
        Handshake.Transcript.ReplaceByMessageHash(Choice!.Suite.PrfHash);
        return ServerHelloMaker.Retry(Handshake.ClientHello!, Choice);
    }

    private ServerHello Hello()
    {
        var share = Choice!.Version.IsTls13 ? _keys.ShareOf(Choice.Group!.Value) : null;
        return _hellos.Hello(
            Handshake.ClientHello!, Choice, share, Handshake.IsResumed, _sessions.IdFor(Handshake),
            givesTicket: _options is { Sessions: not null, GivesTickets: true });
    }

    private void Agree13()
    {
        var share = Handshake.ClientHello!.Extensions.Find<KeyShareExtension>()!.Entries
            .First(entry => entry.Group == Choice!.Group);
        _tree = new SecretTree13(Handshake.Suite!, _preSharedKey);
        _tree.Mix(_keys.SecretOf(share.KeyExchange));
        Handshake.HandshakeSecrets = (
            _tree.Derive("c hs traffic", Handshake.Transcript), _tree.Derive("s hs traffic", Handshake.Transcript));
        Log(SecretLabels.ClientHandshakeTrafficSecret, Handshake.HandshakeSecrets.Client);
        Log(SecretLabels.ServerHandshakeTrafficSecret, Handshake.HandshakeSecrets.Server);
        _connection.Reads(KeySchedule13.Protection(Handshake.Suite!, Handshake.HandshakeSecrets.Client));
        _connection.Writes(KeySchedule13.Protection(Handshake.Suite!, Handshake.HandshakeSecrets.Server));
    }

    private void Master13()
    {
        _tree!.Mix([]);
        Handshake.TrafficSecrets = (
            _tree.Derive("c ap traffic", Handshake.Transcript), _tree.Derive("s ap traffic", Handshake.Transcript));
        Log(SecretLabels.ClientTrafficSecret0, Handshake.TrafficSecrets.Client);
        Log(SecretLabels.ServerTrafficSecret0, Handshake.TrafficSecrets.Server);
        _connection.Writes(KeySchedule13.Protection(Handshake.Suite!, Handshake.TrafficSecrets.Server));
    }

    private void TakeKeyExchange(ClientKeyExchange exchange)
    {
        // RFC 5246, Section 7.3: it follows the server's flight, and there is no such message in TLS 1.3.
        if (Handshake is { ServerHello: null } or { Version.IsTls13: true } or { IsResumed: true })
            throw new ScriptedFault("Expected no ClientKeyExchange here. Got: one", "unexpected_message");
        var premaster = _keys.Premaster(Handshake.ClientHello!, exchange);
        Handshake.MasterSecret = Handshake.Agreed(ExtensionType.ExtendedMasterSecret)
            ? KeySchedule12.ExtendedMasterSecret(Handshake.Version, Handshake.Suite!, premaster, Handshake.Transcript)
            : KeySchedule12.MasterSecret(
                Handshake.Version, Handshake.Suite!, premaster,
                Handshake.ClientHello!.Random.Span, Handshake.ServerHello!.Random.Span);
        LogMaster();
        _sessions.Keep(Handshake);
    }

    private Certificate Certificate() => new(
        Handshake.Version.IsTls13 ? ReadOnlyMemory<byte>.Empty : (ReadOnlyMemory<byte>?)null,
        [
            .. _options.Chain.Select(der => new CertificateEntry(
                der, Summary: null, Handshake.Version.IsTls13 ? ExtensionList.Of([]) : ExtensionList.Absent)),
        ]);

    private CertificateRequest Request()
    {
        SignatureScheme[] schemes = [.. ServerHelloMaker.Schemes(Handshake.Version)];
        return Handshake.Version.IsTls13
            ? new(ReadOnlyMemory<byte>.Empty, [], [], [], ExtensionList.Of([
                Extension.Of(ExtensionType.SignatureAlgorithms, new SignatureAlgorithmsExtension(schemes),
                    ExtensionPlace.CertificateRequest),
            ]))
            // RFC 5246, Section 7.4.4, and RFC 8422, Section 5.5: rsa_sign, ecdsa_sign
            : new(null, [new(1), new(64)], schemes, [], ExtensionList.Absent);
    }

    private ServerKeyExchange KeyExchange()
    {
        var made = _keys.Exchange(Choice!);
        var writer = new WireWriter();
        made.WriteParams(writer);
        var parameters = writer.ToArray();
        var scheme = Scheme();
        return made with
        {
            Params = parameters,
            Scheme = scheme,
            Signature = _signer.Sign(scheme, SignedContent.ServerKeyExchange(
                Handshake.ClientHello!.Random.Span, Handshake.ServerHello!.Random.Span, parameters)),
        };
    }

    private CertificateVerify Verify()
    {
        var scheme = Scheme();
        return new(scheme, _signer.Sign(scheme, SignedContent.CertificateVerify13(
            Direction.ServerToClient, Handshake.Suite!.PrfHash, Handshake.Transcript)));
    }

    private SignatureScheme? Scheme()
    {
        if (!Handshake.Context.NamesSignatureScheme) return null;
        var named = Handshake.ClientHello!.Extensions.Find<SignatureAlgorithmsExtension>()?.Schemes;
        // RFC 8446, Section 9.2
        if (named is null && Handshake.Version.IsTls13)
            throw new ScriptedFault("Expected signature_algorithms. Got: a hello without", "missing_extension");
        return _signer.Choose(Handshake.Version, named ?? UnnamedSchemes)
            ?? throw new ScriptedFault("the client takes no scheme of our key", "handshake_failure");
    }

    // RFC 8446, Section 4.4.4; RFC 5246, Section 7.4.9
    private void Check(Finished finished)
    {
        Handshake.RequireFinished(_connection, Handshake.Finished.Client);
        if (!finished.VerifyData.Span.SequenceEqual(Handshake.VerifyData(Direction.ClientToServer)))
            throw new ScriptedFault("Expected another verify_data in Finished", "decrypt_error");
        Handshake.Finished = (finished.VerifyData.ToArray(), Handshake.Finished.Server);
    }

    private void LogMaster() => Log(SecretLabels.ClientRandom, Handshake.MasterSecret);

    private void Log(string label, byte[] secret) => _options.KeyLog?.Invoke(
        new KeyLogLine(label, Handshake.ClientHello!.Random.ToArray(), secret).ToString());
}

using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>
/// Follows the handshake as far as records and messages need it to be read: version, suite and changes of keys.
/// </summary>
/// <remarks>TLS 1.3: RFC 8446, Sections 5 and 7; before: RFC 5246, Section 7.1.</remarks>
internal sealed class HandshakeTracker(SessionSecrets? secrets, DirectionState client, DirectionState server)
{
    /// <summary>Searches without success after which nobody searches on: they are dear.</summary>
    private const int MostFailedSearches = 4;

    private byte[] _clientRandom = [];
    private byte[] _serverRandom = [];
    private bool _hasServerHello;
    private bool _encryptThenMac;
    private ProtectionPair? _pair;
    private CipherSuiteInfo? _suite;
    private CompressionMethod _compression;
    private ProtocolVersion _version;
    private MasterSecretSearch? _search = secrets is null ? null : new(secrets);

    /// <summary>Which handshake it is, from 0.</summary>
    public int Handshake { get; private set; }

    public MessageContext Context => new(_version, _suite);

    public bool HasServerHello => _hasServerHello;

    /// <summary>True once a hello of either end was seen.</summary>
    public bool HasHello => _hasServerHello || _clientRandom.Length > 0;

    /// <summary>True once octets of either end were missing.</summary>
    public bool HasGap => client.HasGap || server.HasGap;

    /// <summary>True while a client that announced early data waits for the ServerHello.</summary>
    public bool AwaitsServerHello { get; private set; }

    /// <summary>True if opened records would still be compressed in a way that nothing here undoes.</summary>
    public bool IsCompressed => _compression != CompressionMethod.Null && _compression != CompressionMethod.Deflate;

    /// <summary>True if a session was resumed whose secret is not known.</summary>
    public bool LacksSession { get; private set; }

    public bool IsProtected(DirectionState state, ContentType type)
    {
        // RFC 8446, Section 5.2: protected records all call themselves application_data.
        if (_version.IsTls13) return type == ContentType.ApplicationData;
        return state.Epoch == Epoch.Application || type == ContentType.ApplicationData;
    }

    /// <summary>Opens a record; null if there is no secret for it.</summary>
    public OpenedRecord? Open(DirectionState state, TlsRecord record, Direction direction)
    {
        if (state.Lost > 0) return OpenBehindGap(state, record, direction);
        if (state.Epoch == Epoch.Early) return OpenEarly(state, record);
        return state.Protection?.Open(record.Type.Code, record.Version.Code, record.Fragment.Span);
    }

    /// <summary>Sees a message before its event is made: a new ClientHello begins another handshake.</summary>
    public void BeforeMessage(Direction direction, HandshakeMessage message)
    {
        if (message.Type != HandshakeType.ClientHello || !_hasServerHello) return;
        Handshake++;
        _hasServerHello = false;
        _pair = null;
        _search = secrets is null ? null : new(secrets);
    }

    /// <summary>Sees a message after its event was made: what follows it may need other keys.</summary>
    public void AfterMessage(Direction direction, HandshakeMessage message)
    {
        if (!_version.IsTls13) _search?.Take(direction, message);
        if (message.Type == HandshakeType.ServerHello) AwaitsServerHello = false;
        switch (message.Body)
        {
            case ClientHello hello:
                _clientRandom = hello.Random.ToArray();
                AwaitsServerHello = Handshake == 0 && hello.Extensions.Has(ExtensionType.EarlyData);
                if (AwaitsServerHello) client.Epoch = Epoch.Early;
                break;
            case SslV2ClientHello hello:
                _clientRandom = hello.Random.ToArray();
                break;
            case ServerHello hello when message.Fault is null:
                OnServerHello(hello);
                break;
            case Finished when _version.IsTls13:
                var state = StateOf(direction);
                if (state.Epoch == Epoch.Handshake) Enter(state, Epoch.Application, ApplicationLabel(direction));
                break;
            case KeyUpdate when _version.IsTls13 && _suite is not null:
                Update(StateOf(direction), _suite, _version);
                break;
            case EmptyBody when message.Type == HandshakeType.EndOfEarlyData:
                Enter(client, Epoch.Handshake, SecretLabels.ClientHandshakeTrafficSecret);
                break;
        }
    }

    public void OnChangeCipherSpec(Direction direction)
    {
        if (_version.IsTls13) return;
        if (!_hasServerHello)
        {
            // A capture that starts late: what follows is encrypted, by whatever was agreed.
            if (_clientRandom.Length == 0) StateOf(direction).Epoch = Epoch.Application;
            return;
        }
        _pair ??= _suite is not null && _search?.Find() is { } secret
            ? KeySchedule12.Protections(_version, _suite, secret, _clientRandom, _serverRandom, _encryptThenMac)
            : null;
        LacksSession |= _search is { LacksSession: true };
        var state = StateOf(direction);
        state.Epoch = Epoch.Application;
        state.Lost = 0;
        state.Protection = (direction == Direction.ClientToServer ? _pair?.Client : _pair?.Server)
            ?? (RecordProtection?)NullProtection.For(_suite);
        state.Inflation?.Dispose();
        state.Inflation = _compression == CompressionMethod.Deflate ? new() : null;
    }

    /// <summary>No ServerHello will come: early data stays closed.</summary>
    public void StopAwaiting() => AwaitsServerHello = false;

    private void OnServerHello(ServerHello hello)
    {
        _version = hello.Version;
        _suite = hello.CipherSuite.Info;
        if (hello.IsHelloRetryRequest)
        {
            client.Epoch = Epoch.Plain; // RFC 8446, Section 4.2.10: early data is refused with it
            return;
        }
        _hasServerHello = true;
        _serverRandom = hello.Random.ToArray();
        _encryptThenMac = hello.Extensions.Has(ExtensionType.EncryptThenMac);
        _compression = _version.IsTls13 ? CompressionMethod.Null : hello.CompressionMethod;
        if (!_version.IsTls13)
        {
            if (client.Epoch == Epoch.Early) client.Epoch = Epoch.Plain;
            return;
        }
        Enter(server, Epoch.Handshake, SecretLabels.ServerHandshakeTrafficSecret);
        if (client.Epoch == Epoch.Early) Enter(client, Epoch.Early, SecretLabels.ClientEarlyTrafficSecret);
        else Enter(client, Epoch.Handshake, SecretLabels.ClientHandshakeTrafficSecret);
    }

    // A server may refuse early data; the client then goes on with handshake keys and no EndOfEarlyData.
    private OpenedRecord? OpenEarly(DirectionState state, TlsRecord record)
    {
        var early = state.Protection?.Open(record.Type.Code, record.Version.Code, record.Fragment.Span);
        if (early is { IsOk: true }) return early;
        var handshake = ProtectionOf(SecretLabels.ClientHandshakeTrafficSecret, out _);
        if (handshake?.Open(record.Type.Code, record.Version.Code, record.Fragment.Span) is not { IsOk: true } opened)
            return early;
        state.Epoch = Epoch.Handshake;
        state.Protection = handshake;
        return opened;
    }

    // Octets that are missing may have held any number of records, and the messages that change keys.
    private OpenedRecord? OpenBehindGap(DirectionState state, TlsRecord record, Direction direction)
    {
        var lost = state.Lost;
        if (state.Epoch == Epoch.Plain && _hasServerHello && !_version.IsTls13) OnChangeCipherSpec(direction);
        if (state.Protection is null && !_version.IsTls13) return null;

        OpenedRecord? opened = null;
        if (state.FailedSearches >= MostFailedSearches)
        {
            opened = state.Protection?.Open(record.Type.Code, record.Version.Code, record.Fragment.Span);
        }
        else
        {
            foreach (var (epoch, protection, secret) in LaterKeys(state, direction))
            {
                var tried = protection.OpenBehindGap(
                    record.Type.Code, record.Version.Code, record.Fragment.Span, lost,
                    protection == state.Protection ? MissingRecords.MostOctets : MissingRecords.FewOctets);
                opened ??= tried;
                if (!tried.FitsKeys) continue;
                (state.Epoch, state.Protection, state.TrafficSecret) = (epoch, protection, secret);
                opened = tried;
                break;
            }
        }
        var isFound = opened is { FitsKeys: true };
        state.FailedSearches = isFound ? 0 : state.FailedSearches + 1;
        state.Lost = isFound ? 0 : lost + TlsRecord.HeaderLength + record.Fragment.Length;
        if (isFound) state.HasFailed = false;
        return opened;
    }

    // The keys of this epoch, and in TLS 1.3 those of the next ones, one KeyUpdate included.
    private IEnumerable<(Epoch Epoch, RecordProtection Protection, byte[]? Secret)> LaterKeys(
        DirectionState state, Direction direction)
    {
        if (state.Protection is { } present) yield return (state.Epoch, present, state.TrafficSecret);
        if (!_version.IsTls13 || _suite is null) yield break;

        byte[]? secret;
        if (state.Epoch == Epoch.Early
            && ProtectionOf(SecretLabels.ClientHandshakeTrafficSecret, out secret) is { } handshake)
        {
            yield return (Epoch.Handshake, handshake, secret);
        }
        if (state.Epoch < Epoch.Application && ProtectionOf(ApplicationLabel(direction), out secret) is { } application)
        {
            yield return (Epoch.Application, application, secret);
        }
        if (state is { Epoch: Epoch.Application, TrafficSecret: { } latest })
        {
            secret = KeySchedule13.NextTrafficSecret(_suite, latest, _version);
            if (KeySchedule13.Protection(_suite, secret, _version) is { } updated)
                yield return (Epoch.Application, updated, secret);
        }
    }

    private void Enter(DirectionState state, Epoch epoch, string label)
    {
        state.Lost = 0;
        state.Epoch = epoch;
        state.Protection = ProtectionOf(label, out var secret);
        state.TrafficSecret = secret;
    }

    private RecordProtection? ProtectionOf(string label, out byte[]? secret)
    {
        secret = secrets?.KeyLog.Find(label, _clientRandom)?.ToArray();
        return secret is not null && _suite is not null
            ? KeySchedule13.Protection(_suite, secret, _version)
            : NullProtection.For(_suite);
    }

    private static void Update(DirectionState state, CipherSuiteInfo suite, ProtocolVersion version)
    {
        // RFC 8446, Section 7.2
        if (state.TrafficSecret is null) return;
        state.Lost = 0;
        state.TrafficSecret = KeySchedule13.NextTrafficSecret(suite, state.TrafficSecret, version);
        state.Protection = KeySchedule13.Protection(suite, state.TrafficSecret, version);
    }

    /// <summary>What is kept of a direction.</summary>
    public DirectionState StateOf(Direction direction) => direction == Direction.ClientToServer ? client : server;

    private static string ApplicationLabel(Direction direction) => direction == Direction.ClientToServer
        ? SecretLabels.ClientTrafficSecret0
        : SecretLabels.ServerTrafficSecret0;
}

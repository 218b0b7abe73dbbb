using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding.ClearText;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>How an end closed its direction.</summary>
public enum CloseKind : byte { CloseNotify, FatalAlert, Fin, Reset }

/// <summary>Who closed, and how.</summary>
public readonly record struct Closure(Direction Direction, CloseKind Kind, FrameStamp At);

/// <summary>A fatal alert with its place.</summary>
/// <param name="Direction">Who sent it.</param>
/// <param name="Alert">The alert.</param>
/// <param name="AfterMessage">The last handshake message of either end before it, or null if there was none.</param>
/// <param name="At">Its frame.</param>
public sealed record AlertFact(Direction Direction, Alert Alert, HandshakeType? AfterMessage, FrameStamp At);

/// <summary>What the first handshake of a connection agreed on, and how the connection went. Null: not seen.</summary>
public sealed record HandshakeFacts
{
    /// <summary>32 octets of the (first) ClientHello; empty if none was seen.</summary>
    public ReadOnlyMemory<byte> ClientRandom { get; private set; }

    /// <summary>The last ClientHello before the ServerHello: the second one after a HelloRetryRequest.</summary>
    public ClientHello? ClientHello { get; private set; }

    public ServerHello? ServerHello { get; private set; }

    /// <summary>The server's certificates; null if none came (or none could be read).</summary>
    public Certificate? ServerCertificate { get; private set; }

    /// <summary>True if the server sent a certificate that can't be read.</summary>
    public bool HasUnreadableCertificate { get; private set; }

    /// <summary>The versions that the client offered, best first; up to TLS 1.2 the highest only.</summary>
    public IReadOnlyList<ProtocolVersion> OfferedVersions { get; private set; } = [];

    public string? ServerName { get; private set; }

    public ProtocolVersion? Version { get; private set; }

    public CipherSuite? Suite { get; private set; }

    /// <summary>
    /// IANA name of the group of the key exchange, or <c>dh 1024 bits</c>; null for RSA and plain PSK.
    /// </summary>
    public string? Group { get; private set; }

    /// <summary>
    /// The scheme by which the server signed; up to TLS 1.1 a name like <see cref="Wire.SignatureScheme.Md5Sha1"/>.
    /// </summary>
    public string? SignatureScheme { get; private set; }

    public string? Alpn { get; private set; }

    public CompressionMethod? Compression { get; private set; }

    public bool ExtendedMasterSecret { get; private set; }

    public bool EncryptThenMac { get; private set; }

    /// <summary>
    /// True if an earlier session goes on: up to TLS 1.2 by its id or a ticket, in TLS 1.3 by a pre-shared key that has
    /// the age of a ticket.
    /// </summary>
    public bool IsResumed { get; private set; }

    /// <summary>
    /// True if TLS 1.3 used a pre-shared key without the age of a ticket: one from elsewhere has none (RFC 8446,
    /// Section 4.2.11), but who can tell.
    /// </summary>
    public bool IsByPreSharedKey { get; private set; }

    /// <summary>What stands for the certificate, in words: <c>resumed</c>, <c>pre-shared key</c>; or null.</summary>
    internal string? Authentication => IsResumed ? "resumed" : IsByPreSharedKey ? "pre-shared key" : null;

    public bool HasHelloRetryRequest { get; private set; }

    /// <summary>
    /// True if each end sent its Finished, or after ChangeCipherSpec a handshake record that stays closed.
    /// </summary>
    public bool IsComplete => _clientFinished && _serverFinished;

    public AlertFact? FirstFatalAlert { get; private set; }

    /// <summary>Who closed first and how; null if the capture ends before.</summary>
    public Closure? FirstClose { get; private set; }

    /// <summary>The first end of a TCP direction.</summary>
    public Closure? FirstTcpEnd { get; private set; }

    /// <summary>
    /// What was spoken before TLS or without it: <c>SMTP</c>; behind a tunnel both, <c>SOCKS 5, IMAP</c>; null if
    /// nothing was, or nothing that is known.
    /// </summary>
    public string? ClearTextProtocol { get; private set; }

    /// <summary>The last handshake message that was seen, of either end.</summary>
    public (Direction Direction, HandshakeType Type)? LastMessage { get; private set; }

    private CertificateType? _certificateType;
    private bool _clientFinished;
    private bool _serverFinished;
    private bool _sawServerHelloDone;
    private string _tunnel = "";

    internal static HandshakeFacts Of(IReadOnlyList<ConnectionEvent> events)
    {
        var facts = new HandshakeFacts();
        foreach (var item in events) facts.Add(item);
        return facts;
    }

    private void Add(ConnectionEvent item)
    {
        switch (item)
        {
            case ClearTextEvent { Protocol: { } protocol } text:
                ClearTextProtocol = _tunnel + protocol;
                if (text.Meaning == ClearTextMeaning.TunnelOpen) _tunnel = $"{ClearTextProtocol}, ";
                break;
            case HandshakeEvent handshake:
                if (handshake.Handshake == 0) Add(handshake.Direction, handshake.Message);
                LastMessage = (item.Direction, handshake.Message.Type);
                break;
            case ChangeCipherSpecEvent when Version is { IsTls13: false }:
                // RFC 5246, Section 7.3: an abbreviated handshake has nothing between ServerHello and ChangeCipherSpec.
                if (item.Direction == Direction.ServerToClient && !_sawServerHelloDone && !_clientFinished)
                    IsResumed = true;
                break;
            case EncryptedEvent encrypted when Version is not null && encrypted.Type == ContentType.Handshake:
                Finish(item.Direction);
                break;
            case AlertEvent { Alert.IsFatal: true } alert:
                FirstFatalAlert ??= new(item.Direction, alert.Alert, LastMessage?.Type, item.At);
                FirstClose ??= new(item.Direction, CloseKind.FatalAlert, item.At);
                break;
            case AlertEvent { Alert: var closing } when closing.Description == AlertDescription.CloseNotify:
                FirstClose ??= new(item.Direction, CloseKind.CloseNotify, item.At);
                break;
            case EndEvent end:
                var closure = new Closure(
                    item.Direction, end.End == ConnectionEnd.Fin ? CloseKind.Fin : CloseKind.Reset, item.At);
                FirstClose ??= closure;
                FirstTcpEnd ??= closure;
                break;
        }
    }

    private void Add(Direction direction, HandshakeMessage message)
    {
        // What the capture cuts off reads as zeros: it must not look like a choice.
        if (message is { Fault.Owner: FaultOwner.CutCapture, Body: Messages.ClientHello or Messages.ServerHello })
            return;
        switch (message.Body)
        {
            case ClientHello hello:
                ClientHello = hello;
                if (ClientRandom.IsEmpty) ClientRandom = hello.Random;
                OfferedVersions = hello.OfferedVersions;
                ServerName ??= hello.ServerName;
                break;
            case SslV2ClientHello hello:
                ClientRandom = hello.Random;
                OfferedVersions = [hello.Version];
                break;
            case SslV2ServerHello hello:
                Version = hello.Version;
                IsResumed = hello.SessionIdHit;
                break;
            case ServerHello { IsHelloRetryRequest: true }:
                HasHelloRetryRequest = true;
                break;
            case ServerHello hello:
                AddServerHello(hello);
                break;
            case EncryptedExtensions extensions:
                Alpn ??= extensions.Extensions.Find<AlpnExtension>()?.Names.FirstOrDefault();
                _certificateType ??= CertificateTypeExtension.Chosen(extensions.Extensions, isServers: true);
                break;
            case Certificate or CompressedCertificate when direction == Direction.ServerToClient:
                ServerCertificate ??= Certificate.In(message.Body);
                // RFC 7250, Section 4: it may be a bare key; RFC 6091: or one of OpenPGP.
                HasUnreadableCertificate = ServerCertificate switch
                {
                    { Entries: [var leaf, ..] } =>
                        leaf.Summary is null && (_certificateType ?? CertificateType.X509) == CertificateType.X509,
                    { IsBroken: var isBroken } => isBroken,
                    null => true,
                };
                break;
            case ServerKeyExchange exchange:
                Group ??= exchange.Group;
                if (exchange.Signature is not null) SignatureScheme ??= exchange.Scheme?.ToString() ?? UnnamedScheme();
                break;
            case CertificateVerify verify when direction == Direction.ServerToClient:
                SignatureScheme ??= verify.Scheme?.ToString();
                break;
            case EmptyBody when message.Type == HandshakeType.ServerHelloDone:
                _sawServerHelloDone = true;
                break;
            case Finished:
                Finish(direction);
                break;
        }
    }

    private void AddServerHello(ServerHello hello)
    {
        ServerHello = hello;
        Version = hello.Version;
        Suite = hello.CipherSuite;
        Compression = hello.CompressionMethod;
        Alpn ??= hello.Extensions.Find<AlpnExtension>()?.Names.FirstOrDefault();
        _certificateType ??= CertificateTypeExtension.Chosen(hello.Extensions, isServers: true);
        ExtendedMasterSecret = hello.Extensions.Has(ExtensionType.ExtendedMasterSecret);
        EncryptThenMac = hello.Extensions.Has(ExtensionType.EncryptThenMac);
        if (!hello.Version.IsTls13) return;
        if (hello.Extensions.Find<PreSharedKeyExtension>() is { SelectedIdentity: var selected })
        {
            var offered = ClientHello?.Extensions.Find<PreSharedKeyExtension>()?.Identities ?? [];
            IsResumed = selected < offered.Count && offered[selected.Value].ObfuscatedTicketAge != 0;
            IsByPreSharedKey = !IsResumed;
        }
        if (hello.Extensions.Find<KeyShareExtension>() is { Entries: [var share, ..] }) Group = share.Group.ToString();
    }

    // RFC 4346, Section 7.4.3: before TLS 1.2 the kind of key decides.
    private string? UnnamedScheme() => Suite?.Info?.Authentication switch
    {
        AuthenticationAlgorithm.Rsa => Wire.SignatureScheme.Md5Sha1,
        AuthenticationAlgorithm.Ecdsa => "ecdsa_sha1",
        AuthenticationAlgorithm.Dss => "dsa_sha1",
        _ => null,
    };

    private void Finish(Direction direction)
    {
        if (direction == Direction.ClientToServer) _clientFinished = true;
        else _serverFinished = true;
    }
}

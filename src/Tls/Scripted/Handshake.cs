using Org.BouncyCastle.Security;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>What both ends know of a handshake as it goes on.</summary>
internal sealed class Handshake
{
    /// <summary>The negotiated version; before ServerHello the default, 0.</summary>
    public ProtocolVersion Version { get; set; }

    /// <summary>The negotiated suite; null before ServerHello.</summary>
    public CipherSuiteInfo? Suite { get; set; }

    public ClientHello? ClientHello { get; set; }

    public ServerHello? ServerHello { get; set; }

    /// <summary>The peer's chain, leaf first, in DER.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> PeerChain { get; set; } = [];

    public CertificateRequest? CertificateRequest { get; set; }

    public ServerKeyExchange? ServerKeyExchange { get; set; }

    /// <summary>All handshake messages so far.</summary>
    public Transcript Transcript { get; } = new();

    /// <summary>True if the server goes on with a session that the client offered.</summary>
    public bool IsResumed { get; set; }

    /// <summary>
    /// The verify_data of the handshake that this one replaces (RFC 5746, Section 3.1); empty if there is none.
    /// </summary>
    public (byte[] Client, byte[] Server) Before { get; init; } = ([], []);

    /// <summary>The verify_data of both Finished messages.</summary>
    public (byte[] Client, byte[] Server) Finished { get; set; } = ([], []);

    /// <summary>True once the own Finished is sent.</summary>
    public bool IsFinishedSent { get; set; }

    /// <summary>The master secret, up to TLS 1.2.</summary>
    public byte[] MasterSecret { get; set; } = [];

    /// <summary>The handshake traffic secrets of TLS 1.3, the client's first.</summary>
    public (byte[] Client, byte[] Server) HandshakeSecrets { get; set; } = ([], []);

    /// <summary>The application traffic secrets of TLS 1.3, the client's first.</summary>
    public (byte[] Client, byte[] Server) TrafficSecrets { get; set; } = ([], []);

    /// <summary>What decides how messages are written and read.</summary>
    public MessageContext Context => new(Version, Suite);

    /// <summary>True if both hellos have an extension.</summary>
    public bool Agreed(ExtensionType type) =>
        ClientHello?.Extensions.Has(type) == true && ServerHello?.Extensions.Has(type) == true;

    /// <summary>Requires that a Finished may come: there are keys, it is protected by them, and the first.</summary>
    /// <param name="connection">What it came over.</param>
    /// <param name="before">The verify_data of the one that its sender has sent; empty for none.</param>
    /// <exception cref="ScriptedFault">It may not.</exception>
    /// <remarks>RFC 5246, Sections 7.1 and 7.3; RFC 8446, Section 2.</remarks>
    public void RequireFinished(ScriptedConnection connection, byte[] before)
    {
        var hasKeys = Version.IsTls13 ? HandshakeSecrets.Client.Length > 0 : MasterSecret.Length > 0;
        if (!hasKeys || !connection.IsReadingProtected || before.Length > 0)
            throw new ScriptedFault(
                "Expected one Finished, behind the change of keys. Got: one where none belongs", "unexpected_message");
    }

    /// <summary>The verify_data that a Finished of one end must hold now.</summary>
    public byte[] VerifyData(Direction sender) => Version.IsTls13
        ? KeySchedule13.VerifyData(
            Suite!, sender == Direction.ClientToServer ? HandshakeSecrets.Client : HandshakeSecrets.Server, Transcript)
        : KeySchedule12.VerifyData(Version, Suite!, MasterSecret, sender, Transcript);

    /// <summary>Goes on to an end's next application traffic secret, as behind a KeyUpdate of its.</summary>
    /// <returns>The protection that it gives.</returns>
    /// <remarks>RFC 8446, Section 7.2.</remarks>
    public RecordProtection? Update(Direction sender)
    {
        var (client, server) = TrafficSecrets;
        var isClient = sender == Direction.ClientToServer;
        var next = KeySchedule13.NextTrafficSecret(Suite!, isClient ? client : server);
        TrafficSecrets = isClient ? (next, server) : (client, next);
        return KeySchedule13.Protection(Suite!, next);
    }

    /// <summary>The record protections up to TLS 1.2.</summary>
    /// <exception cref="ScriptedFault">The suite has no managed code here.</exception>
    public ProtectionPair Protections(SecureRandom random) =>
        KeySchedule12.Protections(
            Version, Suite!, MasterSecret, ClientHello!.Random.Span, ServerHello!.Random.Span,
            Agreed(ExtensionType.EncryptThenMac), random)
        ?? throw new ScriptedFault($"no managed code for {Suite!.Name}", "internal_error");
}

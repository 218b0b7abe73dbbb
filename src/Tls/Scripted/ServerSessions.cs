using System.Security.Cryptography;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>What a server gives its clients to come back with, and what it takes of it.</summary>
/// <param name="store">Where sessions are; null for a server that knows none.</param>
/// <param name="random">Where its random numbers come from.</param>
internal sealed class ServerSessions(SessionStore? store, SecureRandom random)
{
    private const int NameLength = 32;
    private const uint LifetimeSeconds = 7200;

    private byte[] _id = [];

    /// <summary>The session that a client offers and that fits the choice, or null.</summary>
    /// <param name="hello">Its hello.</param>
    /// <param name="choice">What was chosen without it.</param>
    /// <param name="before">What was said before.</param>
    /// <param name="message">The hello as it came.</param>
    public ScriptedSession? Find(
        ClientHello hello, ServerChoice choice, Transcript before, ReadOnlyMemory<byte> message)
    {
        if (choice.Version.IsTls13) return Find13(hello, choice, before, message);
        // RFC 5077, Section 3.4: the ticket goes before the id.
        var ticket = hello.Extensions.Find<SessionTicketExtension>()?.Ticket ?? default;
        var session = store?.Find(ticket) ?? store?.Find(hello.SessionId);
        // RFC 5246, Section 7.4.1.2; RFC 7627, Section 5.3
        return session is not null && session.Version == choice.Version
            && hello.CipherSuites.Contains(new CipherSuite(session.Suite.Code)) && session.Suite == choice.Suite
            && session.HasExtendedMasterSecret == hello.Extensions.Has(ExtensionType.ExtendedMasterSecret)
            ? session
            : null;
    }

    /// <summary>The session id of a ServerHello up to TLS 1.2.</summary>
    public ReadOnlyMemory<byte> IdFor(Handshake handshake)
    {
        if (handshake.IsResumed) return handshake.ClientHello!.SessionId;
        return store is null ? default : _id = SecureRandom.GetNextBytes(random, NameLength);
    }

    /// <summary>Remembers the session of a handshake up to TLS 1.2 by its id.</summary>
    public void Keep(Handshake handshake)
    {
        if (_id.Length > 0) store?.Keep(_id, Session(handshake, handshake.MasterSecret));
    }

    /// <summary>A ticket for the session of a handshake.</summary>
    /// <param name="handshake">The handshake.</param>
    /// <param name="tree">The secrets of TLS 1.3, or null.</param>
    public NewSessionTicket Ticket(Handshake handshake, SecretTree13? tree)
    {
        var ticket = SecureRandom.GetNextBytes(random, NameLength);
        if (!handshake.Version.IsTls13)
        {
            store?.Keep(ticket, Session(handshake, handshake.MasterSecret));
            return new(LifetimeSeconds, AgeAdd: null, Nonce: default, ticket, ExtensionList.Absent);
        }
        byte[] nonce = [0];
        var key = PreSharedKeys.Of(tree!, handshake.Suite!, handshake.Transcript, nonce);
        store?.Keep(ticket, Session(handshake, key));
        var ageAdd = BitConverter.ToUInt32(SecureRandom.GetNextBytes(random, 4));
        return new(LifetimeSeconds, ageAdd, nonce, ticket, ExtensionList.Of([]));
    }

    private static ScriptedSession Session(Handshake handshake, byte[] secret) =>
        new(handshake.Version, handshake.Suite!, secret)
        {
            HasExtendedMasterSecret = handshake.Agreed(ExtensionType.ExtendedMasterSecret),
        };

    private ScriptedSession? Find13(
        ClientHello hello, ServerChoice choice, Transcript before, ReadOnlyMemory<byte> message)
    {
        if (hello.Extensions.Find<PreSharedKeyExtension>() is not
            { Identities: [var first, ..], Binders: [var binder, ..] } offered) return null;
        // RFC 8446, Section 4.2.9: a key goes with (EC)DHE here, and who offers one says how it may be used.
        if (hello.Extensions.Find<PskKeyExchangeModesExtension>() is not { Modes: var modes })
            throw new ScriptedFault("Expected psk_key_exchange_modes. Got: a hello without", "missing_extension");
        if (!modes.Contains(PskKeyExchangeMode.PskDheKe)) return null;
        // RFC 8446, Section 4.2.11: the hash of the session has to be that of the suite.
        if (store?.Find(first.Identity) is not { Version.IsTls13: true } session
            || session.Suite.PrfHash != choice.Suite.PrfHash) return null;
        var bindersLength = 2 + offered.Binders.Sum(each => each.Length + 1);
        var right = PreSharedKeys.Binder(
            session.Suite, session.Secret.Span, before, message.Span, bindersLength);
        return CryptographicOperations.FixedTimeEquals(right, binder.Span)
            ? session
            : throw new ScriptedFault("Expected another binder of the pre-shared key", "decrypt_error");
    }
}

using Org.BouncyCastle.Security;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>What a client offers to go on with, and what it gets to come back with.</summary>
/// <param name="offered">The session that it offers, or null.</param>
/// <param name="now">This moment.</param>
internal sealed class ClientSessions(ScriptedSession? offered, DateTimeOffset now)
{
    private const int IdLength = 32;

    private Transcript? _finished;

    /// <summary>What another connection can go on with.</summary>
    public ScriptedSession? Newest { get; private set; }

    /// <summary>The ticket of session_ticket.</summary>
    public ReadOnlyMemory<byte> Ticket => offered is { Version.IsTls13: false } ? offered.Ticket : default;

    /// <summary>pre_shared_key with a binder that is still to be worked out; null for none.</summary>
    public PreSharedKeyExtension? PreSharedKey => offered is not { Version.IsTls13: true }
        ? null
        // RFC 8446, Section 4.2.11.1
        : new([new(offered.Ticket, (uint)(now - offered.Received).TotalMilliseconds + offered.AgeAdd)],
            [new byte[Digests.Size(offered.Suite.PrfHash)]], SelectedIdentity: null);

    /// <summary>The session id of the first hello.</summary>
    public byte[] IdFor(HelloShape shape, SecureRandom random)
    {
        if (offered is not { Version.IsTls13: false })
            return SecureRandom.GetNextBytes(random, shape.SessionIdLength);
        // RFC 5077, Section 3.4: an id that the server echoes says that it took the ticket.
        return offered.Ticket.IsEmpty ? offered.Id.ToArray() : SecureRandom.GetNextBytes(random, IdLength);
    }

    /// <summary>Puts the right binder at the end of a hello that offers a pre-shared key.</summary>
    public void Bind(Transcript before, Span<byte> hello)
    {
        if (PreSharedKey is not { Binders: [var binder] }) return;
        var right = PreSharedKeys.Binder(
            offered!.Suite, offered.Secret.Span, before, hello, bindersLength: 2 + 1 + binder.Length);
        right.CopyTo(hello[^right.Length..]);
    }

    /// <summary>The session that a server goes on with, or null.</summary>
    /// <exception cref="ScriptedFault">It goes on with one that is not what was offered.</exception>
    public ScriptedSession? ResumedBy(ClientHello hello, ServerHello answer)
    {
        var isTls13 = answer.Version.IsTls13;
        if (offered is null || offered.Version.IsTls13 != isTls13) return null;
        var selected = answer.Extensions.Find<PreSharedKeyExtension>()?.SelectedIdentity;
        if (isTls13 ? selected is null
            : hello.SessionId.IsEmpty || !answer.SessionId.Span.SequenceEqual(hello.SessionId.Span)) return null;
        // RFC 8446, Section 4.2.11: the one identity, and its hash; RFC 5246, Section 7.4.1.3: the suite itself.
        var fits = isTls13 ? selected == 0 && answer.CipherSuite.Info?.PrfHash == offered.Suite.PrfHash
            : answer.Version == offered.Version && answer.CipherSuite.Code == offered.Suite.Code;
        return fits ? offered : throw new ScriptedFault(
            $"Expected the session of {offered.Suite.Name}. Got: {answer.CipherSuite} in another", "illegal_parameter");
    }

    /// <summary>Notes the transcript of TLS 1.3 up to the own Finished.</summary>
    public void IsFinished(Transcript transcript) => _finished = transcript.Copy();

    /// <summary>Keeps the session of a handshake up to TLS 1.2, with the ticket that came in it.</summary>
    public void Keep(Handshake handshake) => Newest = Session(handshake, handshake.MasterSecret) with
    {
        Id = handshake.ServerHello!.SessionId,
        Ticket = Newest?.Ticket ?? default,
    };

    /// <summary>Takes a ticket.</summary>
    public void Take(NewSessionTicket ticket, Handshake handshake, SecretTree13? tree)
    {
        if (!handshake.Version.IsTls13)
            Newest = Session(handshake, handshake.MasterSecret) with { Ticket = ticket.Ticket };
        else if (_finished is not null && tree is not null)
            Newest = Session(
                handshake, PreSharedKeys.Of(tree, handshake.Suite!, _finished, ticket.Nonce.Span)) with
            {
                Ticket = ticket.Ticket, AgeAdd = ticket.AgeAdd ?? 0, Received = DateTimeOffset.UtcNow,
            };
    }

    private static ScriptedSession Session(Handshake handshake, byte[] secret) =>
        new(handshake.Version, handshake.Suite!, secret)
        {
            HasExtendedMasterSecret = handshake.Agreed(ExtensionType.ExtendedMasterSecret),
        };
}

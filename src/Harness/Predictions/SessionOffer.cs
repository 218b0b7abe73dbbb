using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Predictions;

/// <summary>Whether a ClientHello goes on with the session of a connection before.</summary>
internal static class SessionOffer
{
    /// <summary>True if it offers, in this version, what that connection's server gave it.</summary>
    /// <remarks>
    /// RFC 8446, Section 2.2; RFC 5077, Section 3.1; RFC 5246, Section 7.3: a server may refuse it, and one that gave
    /// it a moment ago should not.
    /// </remarks>
    public static bool IsOf(ClientHello hello, ProtocolVersion version, DecodedConnection? before)
    {
        if (before?.Facts is not { ServerHello: { } first } facts || facts.Version != version) return false;
        var tickets = before.Messages.Where(item => item.Direction == Direction.ServerToClient)
            .Select(item => item.Message.Body).OfType<NewSessionTicket>().Select(body => body.Ticket).ToList();
        if (version.IsTls13)
            return hello.Extensions.Find<PreSharedKeyExtension>()?.Identities
                .Any(identity => tickets.Exists(ticket => Same(ticket, identity.Identity))) ?? false;
        return (!first.SessionId.IsEmpty && Same(first.SessionId, hello.SessionId))
            || (hello.Extensions.Find(ExtensionType.SessionTicket) is { Data: var offered }
                && tickets.Exists(ticket => Same(ticket, offered)));
    }

    private static bool Same(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) =>
        !one.IsEmpty && one.Span.SequenceEqual(other.Span);
}

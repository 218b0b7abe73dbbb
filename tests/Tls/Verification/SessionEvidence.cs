using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Tests.Verification;

/// <summary>Evidence made from a recorded session; a frame is the number of the message or record.</summary>
internal static class SessionEvidence
{
    public static Evidence Of(string name) => Of(RecordedSession.Load(name));

    public static Evidence Of(RecordedSession session) => new(Steps(session), Records(session), session.KeyLog);

    public static List<HandshakeStep> Steps(RecordedSession session)
    {
        var context = new MessageContext(session.Version, session.Suite);
        return
        [
            .. new SessionReplay(session).Messages.Select(
                (message, index) => new HandshakeStep(message.From, HandshakeMessage.Read(message.Bytes, context), index + 1)),
        ];
    }

    public static List<ProtectedRecord> Records(RecordedSession session) =>
    [
        .. new SessionReplay(session).Opened.Select(
            (record, index) => new ProtectedRecord(record.Record.From, record.Opened, index + 1)),
    ];

    /// <summary>The step with other bytes, read again.</summary>
    public static HandshakeStep Reread(HandshakeTerms terms, HandshakeStep step, ReadOnlyMemory<byte> bytes) =>
        step with { Message = HandshakeMessage.Read(bytes, new MessageContext(terms.Version, terms.Suite)) };
}

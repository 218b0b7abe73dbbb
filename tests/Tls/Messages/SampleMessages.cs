using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Tests.RoundTrip;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Tests.Verification;

namespace TlsInterop.Tls.Tests.Messages;

/// <summary>
/// Every different message that the captures and recorded sessions of these tests hold, and those made by hand.
/// </summary>
internal static class SampleMessages
{
    public static IReadOnlyList<SampleMessage> All { get; } =
    [
        .. SampleConnection.All.Select(sample => sample.Decode())
            .Concat(RecordedSession.FurtherNames.Select(Decode))
            .SelectMany(MessagesOf)
            .Concat(MessageSamples.All.Select(Read))
            .Concat(ExtensionSamples.All.Select(InMessage))
            .DistinctBy(sample => (sample.Context, Convert.ToHexString(sample.Message.Bytes.Span))),
    ];

    private static SampleMessage Read(MessageSample sample) =>
        new(HandshakeMessage.Read(sample.Bytes, sample.Context), sample.Context);

    private static SampleMessage InMessage(ExtensionSample sample) => Read(MessageSamples.With(sample));

    private static DecodedConnection Decode(string name)
    {
        var session = RecordedSession.Load(name);
        return SessionEvidence.Decode(session, session.KeyLog);
    }

    private static IEnumerable<SampleMessage> MessagesOf(DecodedConnection connection)
    {
        var context = default(MessageContext);
        foreach (var item in connection.Messages)
        {
            yield return new(item.Message, context);
            if (item.Message.Body is ServerHello hello) context = new(hello.Version, hello.CipherSuite.Info);
        }
    }
}

using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;

namespace TlsInterop.Tls.Fingerprints;

/// <summary>The fingerprints of a connection: of the first hello of each end, as their authors' tools do it.</summary>
/// <param name="Ja3">Of the client; null if its hello is missing, cut, or in the form of SSL 2.0.</param>
/// <param name="Ja3S">Of the server; null if its hello is missing or cut. A HelloRetryRequest is a hello.</param>
/// <param name="Ja4">Of the client, null as <paramref name="Ja3"/>.</param>
/// <param name="Ja4S">Of the server, null as <paramref name="Ja3S"/>.</param>
public readonly record struct ConnectionFingerprints(string? Ja3, string? Ja3S, string? Ja4, string? Ja4S)
{
    public static ConnectionFingerprints Of(DecodedConnection connection)
    {
        HandshakeMessage? client = null, server = null;
        for (var i = 0; i < connection.Events.Count && (client is null || server is null); i++)
        {
            if (connection.Events[i] is not HandshakeEvent { Message: var message }) continue;
            if (message.Body is ClientHello or SslV2ClientHello) client ??= message;
            else if (message.Body is ServerHello) server ??= message;
        }
        return Of(client, server);
    }

    /// <summary>The fingerprints of two messages; what could not be read to its end has none.</summary>
    public static ConnectionFingerprints Of(HandshakeMessage? client, HandshakeMessage? server)
    {
        var offer = client is { Fault: null, Body: ClientHello hello } ? RecentFingerprints.Of(hello) : null;
        var answer = server is { Fault: null, Body: ServerHello choice } ? RecentFingerprints.Of(choice) : null;
        return new(offer?.Ja3, answer?.Ja3, offer?.Ja4, answer?.Ja4);
    }
}

using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Order;

/// <summary>Which message of an end may follow which.</summary>
/// <remarks>
/// RFC 8446, Section 4; RFC 5246, Section 7.3; SupplementalData: RFC 4680; CertificateStatus and CertificateURL: RFC
/// 6066; NewSessionTicket: RFC 5077, Section 3.3; CompressedCertificate: RFC 8879.
/// </remarks>
internal static class MessageOrder
{
    private const Direction Client = Direction.ClientToServer;
    private const Direction Server = Direction.ServerToClient;

    /// <summary>A place in the order of one end; messages of one rank exclude each other.</summary>
    private sealed record Step(bool IsTls13, Direction From, int Rank, params HandshakeType[] Types);

    // The rank of what may come at any time, and of what may come at any time behind Finished.
    private const int AnyTime = 0;
    private const int AfterFinished = int.MaxValue;

    private static readonly Step[] Steps =
    [
        new(false, Client, 1, HandshakeType.ClientHello),
        new(false, Client, 2, HandshakeType.SupplementalData),
        new(false, Client, 3, HandshakeType.Certificate, HandshakeType.CertificateUrl),
        new(false, Client, 4, HandshakeType.ClientKeyExchange),
        new(false, Client, 5, HandshakeType.CertificateVerify),
        new(false, Client, 6, HandshakeType.NextProtocol),
        new(false, Client, 7, HandshakeType.Finished),

        new(false, Server, AnyTime, HandshakeType.HelloRequest),
        new(false, Server, 1, HandshakeType.ServerHello),
        new(false, Server, 2, HandshakeType.SupplementalData),
        new(false, Server, 3, HandshakeType.Certificate),
        new(false, Server, 4, HandshakeType.CertificateStatus),
        new(false, Server, 5, HandshakeType.ServerKeyExchange),
        new(false, Server, 6, HandshakeType.CertificateRequest),
        new(false, Server, 7, HandshakeType.ServerHelloDone),
        new(false, Server, 8, HandshakeType.NewSessionTicket),
        new(false, Server, 9, HandshakeType.Finished),

        new(true, Client, 1, HandshakeType.ClientHello), // the second one: 2
        new(true, Client, 3, HandshakeType.EndOfEarlyData),
        new(true, Client, 4, HandshakeType.Certificate, HandshakeType.CompressedCertificate),
        new(true, Client, 5, HandshakeType.CertificateVerify),
        new(true, Client, 6, HandshakeType.Finished),
        // RFC 8446, Section 4.6.2: a client that authenticates later sends the last three again.
        new(true, Client, AfterFinished,
            HandshakeType.KeyUpdate, HandshakeType.Certificate, HandshakeType.CompressedCertificate,
            HandshakeType.CertificateVerify, HandshakeType.Finished),

        new(true, Server, 1, HandshakeType.ServerHello), // HelloRetryRequest; the other one: 2
        new(true, Server, 3, HandshakeType.EncryptedExtensions),
        new(true, Server, 4, HandshakeType.CertificateRequest),
        new(true, Server, 5, HandshakeType.Certificate, HandshakeType.CompressedCertificate),
        new(true, Server, 6, HandshakeType.CertificateVerify),
        new(true, Server, 7, HandshakeType.Finished),
        new(true, Server, AfterFinished,
            HandshakeType.NewSessionTicket, HandshakeType.KeyUpdate, HandshakeType.CertificateRequest),
    ];

    private static readonly Dictionary<(bool IsTls13, Direction From, HandshakeType Type), int[]> Ranks =
        Steps.SelectMany(step => step.Types.Select(type => (Key: (step.IsTls13, step.From, type), step.Rank)))
            .GroupBy(row => row.Key, row => row.Rank).ToDictionary(rows => rows.Key, rows => rows.ToArray());

    /// <summary>A message that stands where it may not.</summary>
    /// <param name="Event">The message.</param>
    /// <param name="After">The message of the same end before it, or null.</param>
    /// <param name="HasPlace">True if the end could have sent it at another time.</param>
    public sealed record MisplacedMessage(HandshakeEvent Event, HandshakeType? After, bool HasPlace);

    /// <summary>
    /// The messages of an end that stand where they may not, each with the message of that end before it. Nothing is
    /// said of types that nobody defined, nor of what follows a gap.
    /// </summary>
    public static IEnumerable<MisplacedMessage> Misplaced(
        SeenHandshake handshake, Direction from)
    {
        // Drafts of TLS 1.3 have an order of their own.
        if (handshake.Choice is not { Version: var version } || !ProtocolVersion.Known.Contains(version)) yield break;

        var (rank, hasFinished) = (0, false);
        HandshakeType? after = null;
        foreach (var item in handshake.Sent)
        {
            if (item.Direction != from || !item.Message.Type.IsKnown) continue;
            if (!handshake.Course.Knows(from, handshake.Course.PositionOf(item))) yield break;

            var type = item.Message.Type;
            var places = Ranks.GetValueOrDefault((version.IsTls13, from, type), []);
            var next = Array.Find(places, place => place is not (AnyTime or AfterFinished))
                + (IsSecondHello(handshake, item, version) ? 1 : 0);
            var fits = places.Contains(AnyTime) || (hasFinished ? places.Contains(AfterFinished) : next > rank);
            if (!fits) yield return new(item, after, places.Length > 0);

            rank = Math.Max(rank, next);
            hasFinished |= type == HandshakeType.Finished;
            after = type;
        }
    }

    private static bool IsSecondHello(SeenHandshake handshake, HandshakeEvent item, ProtocolVersion version) =>
        version.IsTls13 && item.Message.Body switch
        {
            ServerHello hello => !hello.IsHelloRetryRequest,
            ClientHello =>
                handshake.HelloRetryRequest is not null && !ReferenceEquals(item, handshake.FirstClientHello),
            _ => false,
        };
}

using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation;

/// <summary>
/// What was sent in one short line: <c>CH | SH CT SKE SHD | CKE CCS FIN | CCS FIN | AD | AD AL:close_notify</c>. Behind
/// <c>|</c> the other end speaks; the client begins, so a line that begins with it has the server first.
/// </summary>
/// <remarks>
/// <c>*</c>: encrypted, and not opened; <c>?</c>: with a fault; <c>x3</c>: three of them; <c>...</c>: more than fit.
/// </remarks>
public static class MessageCodes
{
    private const int MostCodes = 100;

    private static readonly Dictionary<HandshakeType, string> OfHandshake = new()
    {
        [HandshakeType.HelloRequest] = "HR",
        [HandshakeType.ClientHello] = "CH",
        [HandshakeType.ServerHello] = "SH",
        [HandshakeType.NewSessionTicket] = "NST",
        [HandshakeType.EndOfEarlyData] = "EOED",
        [HandshakeType.EncryptedExtensions] = "EE",
        [HandshakeType.Certificate] = "CT",
        [HandshakeType.ServerKeyExchange] = "SKE",
        [HandshakeType.CertificateRequest] = "CR",
        [HandshakeType.ServerHelloDone] = "SHD",
        [HandshakeType.CertificateVerify] = "CV",
        [HandshakeType.ClientKeyExchange] = "CKE",
        [HandshakeType.Finished] = "FIN",
        [HandshakeType.CertificateUrl] = "CU",
        [HandshakeType.CertificateStatus] = "CS",
        [HandshakeType.SupplementalData] = "SD",
        [HandshakeType.KeyUpdate] = "KU",
        [HandshakeType.CompressedCertificate] = "CCT",
        [HandshakeType.NextProtocol] = "NP",
    };

    private static readonly (string Code, string Meaning)[] Others =
    [
        ("HRR", "HelloRetryRequest"), ("CCS", "ChangeCipherSpec"), ("AL:name", "alert"), ("AL*", "alert, not opened"),
        ("HS*", "handshake record, not opened"), ("AD", "application data"), ("ED", "early data"),
        ("HB", "heartbeat"), ("ERR", "ERROR of SSL 2.0"), ("TXT", "clear text before TLS"),
        ("GAP", "octets that the capture lacks"),
        ("BAD", "octets that can't be read"),
    ];

    /// <summary>Every code with what it stands for.</summary>
    public static IEnumerable<(string Code, string Meaning)> Legend =>
        OfHandshake.Select(row => (row.Value, row.Key.ToString())).Concat(Others);

    /// <summary>The line of a connection.</summary>
    public static string Of(IReadOnlyList<ConnectionEvent> events)
    {
        var line = new MessageLine(stackalloc char[256]);
        try
        {
            for (var i = 0; i < events.Count && line.Count <= MostCodes; i++)
            {
                if (CodeOf(events[i]) is { } code) line.Add(events[i].Direction, code.Text, code.Mark);
            }
            return line.Finish(isWhole: line.Count <= MostCodes);
        }
        finally
        {
            line.Dispose();
        }
    }

    private static (string Text, char Mark)? CodeOf(ConnectionEvent item) => item switch
    {
        HandshakeEvent { Message: var message } => (CodeOf(message), message.Fault is null ? ' ' : '?'),
        ChangeCipherSpecEvent => ("CCS", ' '),
        AlertEvent { Alert: var alert } => ($"AL:{alert.Description}", ' '),
        ApplicationDataEvent { IsEarly: var isEarly } => (isEarly ? "ED" : "AD", ' '),
        EncryptedEvent { Type: var type } => (EncryptedCode(type), '*'),
        HeartbeatEvent => ("HB", ' '),
        SslV2ErrorEvent => ("ERR", ' '),
        ClearTextEvent => ("TXT", ' '),
        GapEvent => ("GAP", ' '),
        FaultEvent { Fault.Kind: not WireFaultKind.Undecipherable } => ("BAD", ' '),
        _ => null,
    };

    private static string CodeOf(HandshakeMessage message) =>
        message.Body is ServerHello { IsHelloRetryRequest: true } ? "HRR"
        : OfHandshake.GetValueOrDefault(message.Type) ?? $"HS{message.Type.Code}";

    private static string EncryptedCode(ContentType type) =>
        type == ContentType.Handshake ? "HS"
        : type == ContentType.Alert ? "AL"
        : type == ContentType.ChangeCipherSpec ? "CCS"
        : "AD";
}

using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.RoundTrip;

/// <summary>
/// The forms of messages that the captures don't hold, put together by hand from their RFCs. A new message is a row
/// here.
/// </summary>
internal static class MessageSamples
{
    private const string Random = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    // RFC 8446, Section 4.1.3
    private const string HelloRetryRequestRandom = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    // struct { dh_p = 65537, dh_g = 3, dh_Ys = 258 }, here and below with lengths of two octets
    private const string DhParams = "0003 010001  0001 03  0002 0102";
    private const string EcParams = "03 001d  03 010203";
    private const string SrpParams = "0003 010001  0001 02  04 73616c74  0002 0102";
    // a, b, base, order and cofactor
    private const string Curve = "01 02  01 03  02 0401  01 07  01 01";
    private const string Hint = "0004 68696e74";

    public static IReadOnlyList<MessageSample> All { get; } =
    [
        new(HandshakeType.HelloRequest, ProtocolVersion.Tls12, "", ""),
        new(HandshakeType.ClientHello, default, "", $"0301 {Random}  00  0006 002f 00ff 2a2a  02 01 00"),
        new(HandshakeType.ClientHello, default, "", $"0303 {Random}  02 a1b2  0002 1301  01 00  0000"),
        new(HandshakeType.ServerHello, default, "", $"0300 {Random}  00  000a  00"),
        new(HandshakeType.ServerHello, default, "", $"0303 {Random}  01 ff  c02f  01  0004 0017 0000"),
        new(HandshakeType.ServerHello, default, "",
            $"0303 {HelloRetryRequestRandom}  00  1301  00  000c 002b 0002 0304 0033 0002 0018"),
        new(HandshakeType.NewSessionTicket, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA", "00001c20 0003 a1b2c3"),
        new(HandshakeType.NewSessionTicket, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA", "00000000 0000"),
        Tls13(HandshakeType.NewSessionTicket,
            "00001c20 01020304 01 00 0003 a1b2c3 0008 002a 0004 00004000"),
        Tls13(HandshakeType.EndOfEarlyData, ""),
        Tls13(HandshakeType.EncryptedExtensions, "0000"),
        new(HandshakeType.Certificate, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA", "000000"),
        new(HandshakeType.Certificate, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA",
            "000009 000002 3000 000001 05"),
        Tls13(HandshakeType.Certificate, "02 a1b2 000000"),
        Tls13(HandshakeType.Certificate,
            "00 000016  000002 3000 0009 0005 0005 01 000001 0a  000001 05 0000"),
        .. KeyExchanges,
        new(HandshakeType.CertificateRequest, ProtocolVersion.Tls10, "RSA_WITH_AES_128_CBC_SHA", "02 01 40  0000"),
        new(HandshakeType.CertificateRequest, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA",
            "01 01  0004 0401 0804  0004 0002 3000"),
        Tls13(HandshakeType.CertificateRequest,
            "02 a1b2  0008 000d 0004 0002 0804"),
        new(HandshakeType.ServerHelloDone, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA", ""),
        new(HandshakeType.CertificateVerify, ProtocolVersion.Tls11, "RSA_WITH_AES_128_CBC_SHA", "0002 a1b2"),
        new(HandshakeType.CertificateVerify, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA", "0401 0002 a1b2"),
        new(HandshakeType.Finished, ProtocolVersion.Ssl3, "RSA_WITH_RC4_128_MD5", Random + "00010203"),
        new(HandshakeType.CertificateStatus, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA", "01 000003 30010a"),
        new(HandshakeType.CertificateStatus, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA",
            "02 000009 000003 30010a 000000"),
        Tls13(HandshakeType.KeyUpdate, "00"),
        Tls13(HandshakeType.KeyUpdate, "01"),
        // zstd, which is kept as it is; zlib of a Certificate without context and entries
        Tls13(HandshakeType.CompressedCertificate, "0003 000100 000003 a1b2c3"),
        Tls13(HandshakeType.CompressedCertificate, "0001 000004 00000c 78da63606060000000040001"),
        new(HandshakeType.CertificateUrl, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA",
            "00  0018  0001 61 01 000102030405060708090a0b0c0d0e0f10111213"),
        new(HandshakeType.SupplementalData, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA", "000006 0000 0002 a1b2"),
        new(HandshakeType.NextProtocol, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA", "02 6832 03 000000"),
        new(HandshakeType.ChannelId, ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA",
            $"7550 0080 {Random}{Random}{Random}{Random}"),
        new(new HandshakeType(0x77), ProtocolVersion.Tls12, "RSA_WITH_AES_128_CBC_SHA", "00ff"),
    ];

    /// <summary>A message in which the extension stands alone.</summary>
    public static MessageSample With(ExtensionSample extension)
    {
        var list = Convert.ToHexString(extension.List);
        return extension.Place switch
        {
            ExtensionPlace.ClientHello =>
                new(HandshakeType.ClientHello, default, "", $"0303 {Random}  00  0002 1301  01 00  {list}"),
            ExtensionPlace.ServerHello =>
                new(HandshakeType.ServerHello, default, "", $"0303 {Random}  00  1301  00  {list}"),
            ExtensionPlace.HelloRetryRequest =>
                new(HandshakeType.ServerHello, default, "", $"0303 {HelloRetryRequestRandom}  00  1301  00  {list}"),
            ExtensionPlace.EncryptedExtensions => Tls13(HandshakeType.EncryptedExtensions, list),
            ExtensionPlace.Certificate => Tls13(
                HandshakeType.Certificate, $"00 {extension.List.Length + 5:x6} 000002 3000 {list}"),
            ExtensionPlace.CertificateRequest => Tls13(HandshakeType.CertificateRequest, $"00 {list}"),
            ExtensionPlace.NewSessionTicket => Tls13(
                HandshakeType.NewSessionTicket, $"00001c20 01020304 00 0001 a1 {list}"),
            _ => throw new ArgumentOutOfRangeException(nameof(extension), extension.Place, "Expected a known place."),
        };
    }

    private static MessageSample Tls13(HandshakeType type, string hex) =>
        new(type, ProtocolVersion.Tls13, "AES_128_GCM_SHA256", hex);

    private static IEnumerable<MessageSample> KeyExchanges =>
    [
        Server("DHE_RSA_WITH_AES_128_CBC_SHA", $"{DhParams}  0401 0002 a1b2"),
        Server("DHE_RSA_WITH_AES_128_CBC_SHA", $"{DhParams}  0002 a1b2", ProtocolVersion.Tls11),
        Server("DH_anon_WITH_AES_128_CBC_SHA", DhParams),
        Server("ECDHE_RSA_WITH_AES_128_CBC_SHA", $"{EcParams}  0804 0002 a1b2"),
        Server("ECDH_anon_WITH_AES_128_CBC_SHA", EcParams),
        Server("PSK_WITH_AES_128_CBC_SHA", Hint),
        Server("RSA_PSK_WITH_AES_128_CBC_SHA", "0000"),
        Server("DHE_PSK_WITH_AES_128_CBC_SHA", $"{Hint}  {DhParams}"),
        Server("ECDHE_PSK_WITH_AES_128_CBC_SHA", $"{Hint}  {EcParams}"),
        Server("SRP_SHA_WITH_AES_128_CBC_SHA", SrpParams),
        Server("SRP_SHA_RSA_WITH_AES_128_CBC_SHA", $"{SrpParams}  0401 0002 a1b2"),
        Server("RSA_EXPORT_WITH_RC4_40_MD5", "0003 010001  0001 03  0002 a1b2", ProtocolVersion.Ssl3),
        // explicit_prime, and explicit_char2 with a trinomial and with a pentanomial
        Server("ECDH_anon_WITH_AES_128_CBC_SHA", $"01  02 0101  {Curve}  03 010203"),
        Server("ECDH_anon_WITH_AES_128_CBC_SHA", $"02  00a3 01 01 07  {Curve}  03 010203"),
        Server("ECDH_anon_WITH_AES_128_CBC_SHA", $"02  00a3 02 01 03 01 06 01 07  {Curve}  03 010203"),
        Client("RSA_WITH_AES_128_CBC_SHA", "a1b2", ProtocolVersion.Ssl3),
        Client("RSA_WITH_AES_128_CBC_SHA", "0002 a1b2"),
        Client("DHE_RSA_WITH_AES_128_CBC_SHA", "0003 010203"),
        Client("DH_RSA_WITH_AES_128_CBC_SHA", ""),
        Client("DH_RSA_WITH_AES_128_CBC_SHA", "0003 010203"),
        Client("ECDH_RSA_WITH_AES_128_CBC_SHA", ""),
        Client("ECDH_RSA_WITH_AES_128_CBC_SHA", "03 040102"),
        Client("ECDHE_RSA_WITH_AES_128_CBC_SHA", "03 040102"),
        Client("PSK_WITH_AES_128_CBC_SHA", Hint),
        Client("RSA_PSK_WITH_AES_128_CBC_SHA", $"{Hint}  0002 a1b2"),
        Client("DHE_PSK_WITH_AES_128_CBC_SHA", $"{Hint}  0003 010203"),
        Client("ECDHE_PSK_WITH_AES_128_CBC_SHA", $"{Hint}  03 040102"),
        Client("SRP_SHA_WITH_AES_128_CBC_SHA", "0003 010203"),
    ];

    private static MessageSample Server(string suite, string hex, ProtocolVersion? version = null) =>
        new(HandshakeType.ServerKeyExchange, version ?? ProtocolVersion.Tls12, suite, hex);

    private static MessageSample Client(string suite, string hex, ProtocolVersion? version = null) =>
        new(HandshakeType.ClientKeyExchange, version ?? ProtocolVersion.Tls12, suite, hex);
}

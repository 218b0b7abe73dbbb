using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Tests.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.RoundTrip;

/// <summary>
/// An extension_data for every form of every extension that can be read, put together by hand from its RFC. A new
/// extension is a row here.
/// </summary>
internal static class ExtensionSamples
{
    private const string Octets32 = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private const string Binder = "20 " + Octets32;

    public static IReadOnlyList<ExtensionSample> All { get; } =
    [
        // server_name_list: host_name "a.example", then a name of type 7
        new(ExtensionType.ServerName, ExtensionPlace.ClientHello, "0012  00 0009 612e6578616d706c65  07 0003 010203"),
        new(ExtensionType.ServerName, ExtensionPlace.ServerHello, ""),
        new(ExtensionType.ServerName, ExtensionPlace.EncryptedExtensions, ""),
        new(ExtensionType.MaxFragmentLength, ExtensionPlace.ClientHello, "04"),
        // ocsp with one responder id and one request extension; a status type that nobody knows
        new(ExtensionType.StatusRequest, ExtensionPlace.ClientHello, "01 0004 0002 aabb 0002 3000"),
        new(ExtensionType.StatusRequest, ExtensionPlace.ClientHello, "63 010203"),
        new(ExtensionType.StatusRequest, ExtensionPlace.ServerHello, ""),
        new(ExtensionType.StatusRequest, ExtensionPlace.CertificateRequest, "01 0000 0000"),
        new(ExtensionType.StatusRequest, ExtensionPlace.Certificate, "01 000003 30010a"),
        // x25519, X25519MLKEM768, GREASE, a code that nobody knows
        new(ExtensionType.SupportedGroups, ExtensionPlace.ClientHello, "0008 001d 11ec 2a2a fedc"),
        new(ExtensionType.EcPointFormats, ExtensionPlace.ClientHello, "03 00 01 77"),
        new(ExtensionType.SignatureAlgorithms, ExtensionPlace.ClientHello, "0006 0804 0403 7777"),
        new(ExtensionType.SignatureAlgorithmsCert, ExtensionPlace.CertificateRequest, "0004 0401 0201"),
        // h2, GREASE, and a name of one octet that is no letter
        new(ExtensionType.ApplicationLayerProtocolNegotiation, ExtensionPlace.ClientHello,
            "0008 02 6832 02 3a3a 01 00"),
        new(ExtensionType.ApplicationLayerProtocolNegotiation, ExtensionPlace.EncryptedExtensions, "0003 02 6832"),
        new(ExtensionType.SignedCertificateTimestamp, ExtensionPlace.ClientHello, ""),
        // a timestamp of version 1, then one of a version that nobody knows
        new(ExtensionType.SignedCertificateTimestamp, ExtensionPlace.Certificate,
            $"0037  0032 00 {Octets32} 0000018c01020304 0001 ff 0403 0002 a1b2  0001 ff"),
        new(ExtensionType.Padding, ExtensionPlace.ClientHello, ""),
        new(ExtensionType.Padding, ExtensionPlace.ClientHello, "0000000000"),
        new(ExtensionType.EncryptThenMac, ExtensionPlace.ServerHello, ""),
        new(ExtensionType.ExtendedMasterSecret, ExtensionPlace.ServerHello, ""),
        new(ExtensionType.CompressCertificate, ExtensionPlace.ClientHello, "06 0002 0001 4444"),
        new(ExtensionType.RecordSizeLimit, ExtensionPlace.EncryptedExtensions, "4001"),
        new(ExtensionType.SessionTicket, ExtensionPlace.ClientHello, ""),
        new(ExtensionType.SessionTicket, ExtensionPlace.ClientHello, "a1b2c3"),
        new(ExtensionType.PreSharedKey, ExtensionPlace.ClientHello,
            $"0011  0002 a1b2 01020304  0003 c3d4e5 ffffffff  0042 {Binder} {Binder}"),
        new(ExtensionType.PreSharedKey, ExtensionPlace.ServerHello, "0001"),
        new(ExtensionType.EarlyData, ExtensionPlace.ClientHello, ""),
        new(ExtensionType.EarlyData, ExtensionPlace.NewSessionTicket, "00004000"),
        new(ExtensionType.SupportedVersions, ExtensionPlace.ClientHello, "08 fafa 0304 0303 7f1c"),
        new(ExtensionType.SupportedVersions, ExtensionPlace.ServerHello, "0304"),
        new(ExtensionType.SupportedVersions, ExtensionPlace.HelloRetryRequest, "0304"),
        new(ExtensionType.Cookie, ExtensionPlace.HelloRetryRequest, "0003 c00c1e"),
        new(ExtensionType.PskKeyExchangeModes, ExtensionPlace.ClientHello, "03 01 00 2a"),
        new(ExtensionType.CertificateAuthorities, ExtensionPlace.CertificateRequest, "0007 0002 3000 0001 05"),
        new(ExtensionType.PostHandshakeAuth, ExtensionPlace.ClientHello, ""),
        new(ExtensionType.KeyShare, ExtensionPlace.ClientHello, "000f  2a2a 0001 00  001d 0006 010203040506"),
        new(ExtensionType.KeyShare, ExtensionPlace.ClientHello, "0000"),
        new(ExtensionType.KeyShare, ExtensionPlace.ServerHello, "001d 0002 0102"),
        new(ExtensionType.KeyShare, ExtensionPlace.HelloRetryRequest, "0018"),
        new(ExtensionType.RenegotiationInfo, ExtensionPlace.ClientHello, "00"),
        new(ExtensionType.RenegotiationInfo, ExtensionPlace.ServerHello, "0c 000102030405060708090a0b"),
        new(new ExtensionType(0x7777), ExtensionPlace.ClientHello, "00ff"),
        new(ExtensionType.QuicTransportParametersDraft, ExtensionPlace.ClientHello, "01 02 6710"),
        .. EveryExtensionTests.RoundTripSamples,
    ];
}

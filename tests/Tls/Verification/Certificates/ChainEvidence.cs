using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Verification.Certificates;

/// <summary>Recorded sessions with other certificates, at another time.</summary>
internal static class ChainEvidence
{
    public const string Tls12 = "tls1.2-ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";

    public static readonly DateTimeOffset Midsummer = new(2026, 6, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A server with this chain, in the middle of 2026, that was asked for <c>tlsinterop.test</c>.</summary>
    public static Evidence Server(params MadeCertificate[] chain) => Of(Tls12, "tlsinterop.test", Encoded(chain));

    /// <summary>The same, with another session or another name.</summary>
    public static Evidence Of(string session, string asked, params byte[][] chain) =>
        With(session, Direction.ServerToClient, asked, chain);

    /// <summary>A client with this chain.</summary>
    public static Evidence Client(params MadeCertificate[] chain) =>
        With("tls1.2-client-certificate", Direction.ClientToServer, asked: null, Encoded(chain));

    /// <summary>The chain that no rule has anything to say about.</summary>
    public static Evidence Healthy() => Server(MadeCertificate.Leaf, MadeCertificate.Intermediate);

    private static byte[][] Encoded(MadeCertificate[] chain) => [.. chain.Select(certificate => certificate.Encode())];

    private static Evidence With(string session, Direction sender, string? asked, byte[][] chain) =>
        SessionEvidence.WithEvents(session, events => events.Select(item => item switch
        {
            HandshakeEvent { Message.Body: ClientHello hello } sent when asked is not null => sent with
            {
                Message = sent.Message with { Body = hello with { ExtensionList = Asking(hello, asked) } },
            },
            HandshakeEvent { Message.Body: Certificate certificate } sent when sent.Direction == sender => sent with
            {
                At = sent.At with { UnixNanoseconds = Midsummer.ToUnixTimeMilliseconds() * 1_000_000 },
                Message = sent.Message with { Body = certificate with { Entries = [.. chain.Select(Entry)] } },
            },
            _ => item,
        }));

    private static CertificateEntry Entry(byte[] data) =>
        new(data, CertificateSummary.TryRead(data), ExtensionList.Absent);

    private static ExtensionList Asking(ClientHello hello, string asked)
    {
        var name = Encoding.ASCII.GetBytes(asked);
        byte[] data = [0, (byte)(name.Length + 3), 0, 0, (byte)name.Length, .. name];
        return SessionEvidence.With(
            hello.ExtensionList, ExtensionType.ServerName, ExtensionPlace.ClientHello, data, replaces: true);
    }
}

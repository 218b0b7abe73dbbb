using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>Which code reads which message. A new message is a file with its body and a row here.</summary>
internal static class HandshakeReaders
{
    private delegate HandshakeBody Reader(ref WireReader reader, in MessageContext context);

    private static readonly Dictionary<HandshakeType, Reader> Rows = new()
    {
        [HandshakeType.HelloRequest] = EmptyBody.Read,
        [HandshakeType.ClientHello] = ClientHello.Read,
        [HandshakeType.ServerHello] = ServerHello.Read,
        [HandshakeType.NewSessionTicket] = NewSessionTicket.Read,
        [HandshakeType.EndOfEarlyData] = EmptyBody.Read,
        [HandshakeType.EncryptedExtensions] = EncryptedExtensions.Read,
        [HandshakeType.Certificate] = Certificate.Read,
        [HandshakeType.ServerKeyExchange] = ServerKeyExchange.Read,
        [HandshakeType.CertificateRequest] = CertificateRequest.Read,
        [HandshakeType.ServerHelloDone] = EmptyBody.Read,
        [HandshakeType.CertificateVerify] = CertificateVerify.Read,
        [HandshakeType.ClientKeyExchange] = ClientKeyExchange.Read,
        [HandshakeType.Finished] = Finished.Read,
        [HandshakeType.CertificateUrl] = CertificateUrl.Read,
        [HandshakeType.CertificateStatus] = CertificateStatus.Read,
        [HandshakeType.SupplementalData] = SupplementalData.Read,
        [HandshakeType.KeyUpdate] = KeyUpdate.Read,
        [HandshakeType.CompressedCertificate] = CompressedCertificate.Read,
        [HandshakeType.NextProtocol] = NextProtocol.Read,
        [HandshakeType.ChannelId] = ChannelId.Read,
    };

    /// <summary>The messages that can be read.</summary>
    public static IReadOnlyCollection<HandshakeType> Types => Rows.Keys;

    public static HandshakeBody Read(HandshakeType type, ref WireReader reader, in MessageContext context) =>
        Rows.TryGetValue(type, out var read) ? read(ref reader, context) : UnknownBody.Read(ref reader, context);
}

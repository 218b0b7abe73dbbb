namespace TlsInterop.Tls.Wire;

/// <summary>What a handshake message is.</summary>
/// <remarks>RFC 8446, Section 4 and Appendix B.3; RFC 5246, Section 7.4; IANA, "TLS HandshakeType".</remarks>
public readonly record struct HandshakeType(byte Code)
{
    public static readonly HandshakeType HelloRequest = new(0);
    public static readonly HandshakeType ClientHello = new(1);
    public static readonly HandshakeType ServerHello = new(2);
    public static readonly HandshakeType HelloVerifyRequest = new(3);
    public static readonly HandshakeType NewSessionTicket = new(4);
    public static readonly HandshakeType EndOfEarlyData = new(5);
    public static readonly HandshakeType HelloRetryRequest = new(6);
    public static readonly HandshakeType EncryptedExtensions = new(8);
    public static readonly HandshakeType Certificate = new(11);
    public static readonly HandshakeType ServerKeyExchange = new(12);
    public static readonly HandshakeType CertificateRequest = new(13);
    public static readonly HandshakeType ServerHelloDone = new(14);
    public static readonly HandshakeType CertificateVerify = new(15);
    public static readonly HandshakeType ClientKeyExchange = new(16);
    public static readonly HandshakeType Finished = new(20);
    public static readonly HandshakeType CertificateUrl = new(21);
    public static readonly HandshakeType CertificateStatus = new(22);
    public static readonly HandshakeType SupplementalData = new(23);
    public static readonly HandshakeType KeyUpdate = new(24);
    public static readonly HandshakeType CompressedCertificate = new(25);
    public static readonly HandshakeType NextProtocol = new(67);
    public static readonly HandshakeType ChannelId = new(203);
    public static readonly HandshakeType MessageHash = new(254);

    private static readonly Dictionary<byte, string> Names = new()
    {
        [0] = "HelloRequest",
        [1] = "ClientHello",
        [2] = "ServerHello",
        [3] = "HelloVerifyRequest",
        [4] = "NewSessionTicket",
        [5] = "EndOfEarlyData",
        [6] = "HelloRetryRequest", // TLS 1.3 drafts; the RFC's is a ServerHello with a special random
        [8] = "EncryptedExtensions",
        [9] = "RequestConnectionId",
        [10] = "NewConnectionId",
        [11] = "Certificate",
        [12] = "ServerKeyExchange",
        [13] = "CertificateRequest",
        [14] = "ServerHelloDone",
        [15] = "CertificateVerify",
        [16] = "ClientKeyExchange",
        [17] = "ClientCertificateRequest",
        [20] = "Finished",
        [21] = "CertificateURL",
        [22] = "CertificateStatus",
        [23] = "SupplementalData",
        [24] = "KeyUpdate",
        [25] = "CompressedCertificate",
        [26] = "EktKey",
        [67] = "NextProtocol", // NPN, never an RFC
        [203] = "ChannelID", // never an RFC
        [254] = "message_hash",
    };

    /// <summary>Finds a type by its name.</summary>
    public static HandshakeType? Find(string name)
    {
        foreach (var (code, known) in Names)
            if (known == name) return new(code);
        return null;
    }

    public bool IsKnown => Names.ContainsKey(Code);

    /// <summary>The name of the message's struct in its RFC; else hexadecimal.</summary>
    public override string ToString() => Names.GetValueOrDefault(Code) ?? $"0x{Code:x2}";
}

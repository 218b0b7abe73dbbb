using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>The answer of a server that speaks SSL 2.0 and nothing newer. What follows it is not read.</summary>
/// <param name="SessionIdHit">True if a session is resumed.</param>
/// <param name="CertificateType">1 for X.509; 0 if there is none.</param>
/// <param name="Version">0x0002.</param>
/// <param name="Certificate">The certificate in DER.</param>
/// <param name="CipherSpecs">What both can.</param>
/// <param name="ConnectionId">16 to 32 octets.</param>
/// <remarks>The SSL Protocol Version 2.0 (draft-hickman-netscape-ssl-00), Section 2.6; forbidden by RFC 6176.</remarks>
public sealed record SslV2ServerHello(
    bool SessionIdHit,
    byte CertificateType,
    ProtocolVersion Version,
    ReadOnlyMemory<byte> Certificate,
    IReadOnlyList<SslV2CipherSpec> CipherSpecs,
    ReadOnlyMemory<byte> ConnectionId) : HandshakeBody
{
    internal const byte MessageType = 4;

    /// <summary>Octets before the three fields of variable length.</summary>
    internal const int FixedLength = 11;

    /// <summary>Reads what follows the record length of two octets.</summary>
    public static SslV2ServerHello Read(ref WireReader reader)
    {
        // char MSG-SERVER-HELLO; char SESSION-ID-HIT; char CERTIFICATE-TYPE; char SERVER-VERSION[2];
        // char CERTIFICATE-LENGTH[2]; char CIPHER-SPECS-LENGTH[2]; char CONNECTION-ID-LENGTH[2];
        // char CERTIFICATE-DATA[]; char CIPHER-SPECS-DATA[]; char CONNECTION-ID-DATA[];
        _ = reader.U8("msg_type");
        var hit = reader.U8("session_id_hit");
        var certificateType = reader.U8("certificate_type");
        var version = new ProtocolVersion(reader.U16("server_version"));
        var certificateLength = reader.U16("certificate_length");
        var cipherSpecsLength = reader.U16("cipher_specs_length");
        var connectionIdLength = reader.U16("connection_id_length");
        var certificate = reader.Take(certificateLength, "certificate_data");
        var specs = new WireReader(reader.Take(cipherSpecsLength, "cipher_specs_data"));
        var cipherSpecs = new List<SslV2CipherSpec>();
        while (specs.More)
        {
            var spec = specs.U24("cipher_spec");
            if (specs.Fault is null) cipherSpecs.Add(new(spec));
        }
        var connectionId = reader.Take(connectionIdLength, "connection_id_data");
        reader.End("SERVER-HELLO");
        return new(hit != 0, certificateType, version, certificate, cipherSpecs, connectionId);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        writer.U8(MessageType);
        writer.U8(SessionIdHit ? (byte)1 : (byte)0);
        writer.U8(CertificateType);
        writer.U16(Version.Code);
        writer.U16((ushort)Certificate.Length);
        writer.U16((ushort)(3 * CipherSpecs.Count));
        writer.U16((ushort)ConnectionId.Length);
        writer.Opaque(Certificate.Span);
        foreach (var spec in CipherSpecs) writer.U24(spec.Code, "cipher_spec");
        writer.Opaque(ConnectionId.Span);
    }

    public override string Describe(ITokens tokens) =>
        $"{Version.Number}, {(SessionIdHit ? "session resumed" : $"certificate of {Certificate.Length} bytes")}, "
        + $"connection id {tokens.Token("ConnectionId", ConnectionId.Span)}";

    public override IEnumerable<(string Name, string Text)> Details(ITokens tokens) =>
        [("cipher_specs", string.Join(", ", CipherSpecs))];
}

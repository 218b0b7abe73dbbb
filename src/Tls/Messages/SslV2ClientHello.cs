using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>A ClientHello in the form of SSL 2.0, which clients sent for long to reach servers of any age.</summary>
/// <param name="Version">The highest version offered.</param>
/// <param name="CipherSpecs">What the client can.</param>
/// <param name="SessionId">Always empty if TLS is meant.</param>
/// <param name="Challenge">16 to 32 octets; right-aligned they are the client random.</param>
/// <remarks>RFC 5246, Appendix E.2.</remarks>
public sealed record SslV2ClientHello(
    ProtocolVersion Version,
    IReadOnlyList<SslV2CipherSpec> CipherSpecs,
    ReadOnlyMemory<byte> SessionId,
    ReadOnlyMemory<byte> Challenge) : HandshakeBody
{
    /// <summary>The suites that TLS can use; those of SSL 2.0 alone are left out.</summary>
    public IEnumerable<CipherSuite> CipherSuites =>
        CipherSpecs.Select(spec => spec.Suite).OfType<CipherSuite>();

    /// <summary>The client random that it stands for, 32 octets.</summary>
    public ReadOnlyMemory<byte> Random =>
        (byte[])[
            .. new byte[Math.Max(0, 32 - Challenge.Length)], .. Challenge.Span[Math.Max(0, Challenge.Length - 32)..]];

    /// <summary>Reads what follows the record length of two octets.</summary>
    public static SslV2ClientHello Read(ref WireReader reader)
    {
        // uint8 V2CipherSpec[3];
        // struct { uint16 msg_length; uint8 msg_type; Version version; uint16 cipher_spec_length;
        //          uint16 session_id_length; uint16 challenge_length; V2CipherSpec cipher_specs[];
        //          opaque session_id[]; opaque challenge[]; } V2ClientHello;
        _ = reader.U8("msg_type");
        var version = new ProtocolVersion(reader.U16("version"));
        var cipherSpecLength = reader.U16("cipher_spec_length");
        var sessionIdLength = reader.U16("session_id_length");
        var challengeLength = reader.U16("challenge_length");
        var cipherSpecs = new List<SslV2CipherSpec>();
        if (cipherSpecLength % 3 != 0)
        {
            reader.Reject("cipher_spec_length", $"Expected a multiple of 3. Got: {cipherSpecLength}",
                WireFaultKind.LengthOutOfRange);
        }
        var specs = new WireReader(reader.Take(cipherSpecLength, "cipher_specs"));
        while (specs.More)
        {
            var spec = specs.U24("cipher_spec");
            if (specs.Fault is null) cipherSpecs.Add(new(spec));
        }
        var sessionId = reader.Take(sessionIdLength, "session_id");
        var challenge = reader.Take(challengeLength, "challenge");
        reader.End("V2ClientHello");
        return new(version, cipherSpecs, sessionId, challenge);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        writer.U8(HandshakeType.ClientHello.Code);
        writer.U16(Version.Code);
        writer.U16((ushort)(3 * CipherSpecs.Count));
        writer.U16((ushort)SessionId.Length);
        writer.U16((ushort)Challenge.Length);
        foreach (var spec in CipherSpecs) writer.U24(spec.Code, "cipher_spec");
        writer.Opaque(SessionId.Span);
        writer.Opaque(Challenge.Span);
    }

    public override string Describe(ITokens tokens) =>
        $"SSL 2.0 form, version {Version.Number}, challenge {tokens.Token("Random", Challenge.Span)}";

    public override IEnumerable<(string Name, string Text)> Details(ITokens tokens) =>
        [("cipher_specs", string.Join(", ", CipherSpecs))];
}

using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>Proof that both ends saw the same handshake.</summary>
/// <param name="VerifyData">36 octets in SSL 3.0, 12 in TLS 1.0 to 1.2, the hash's length in TLS 1.3.</param>
/// <remarks>RFC 8446, Section 4.4.4; RFC 5246, Section 7.4.9.</remarks>
public sealed record Finished(ReadOnlyMemory<byte> VerifyData) : HandshakeBody
{
    public static Finished Read(ref WireReader reader, in MessageContext context)
    {
        // struct { opaque verify_data[verify_data_length]; } Finished;
        return new(reader.Rest());
    }

    public override void Write(WireWriter writer, in MessageContext context) =>
        writer.Opaque(VerifyData.Span);
}

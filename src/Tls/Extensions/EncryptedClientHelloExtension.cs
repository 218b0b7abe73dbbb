using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>A ClientHello inside the ClientHello, encrypted; and what servers say of it.</summary>
/// <remarks>RFC 9849, Section 5.</remarks>
public sealed record EncryptedClientHelloExtension : ExtensionBody
{
    private const int ConfirmationLength = 8;

    /// <summary>ClientHello: whether it is the outer or the inner one; null from a server.</summary>
    public EchClientHelloType? Type { get; private init; }

    /// <summary>Outer ClientHello: the encryption; else null.</summary>
    public HpkeSymmetricCipherSuite? CipherSuite { get; private init; }

    /// <summary>Outer ClientHello: the server's key; random if the client has none and pretends (GREASE).</summary>
    public byte? ConfigId { get; private init; }

    /// <summary>Outer ClientHello: the encapsulated key; empty in the second ClientHello.</summary>
    public ReadOnlyMemory<byte> Enc { get; private init; }

    /// <summary>Outer ClientHello: the inner one, encrypted.</summary>
    public ReadOnlyMemory<byte> Payload { get; private init; }

    /// <summary>HelloRetryRequest: eight octets that prove that the inner ClientHello was read.</summary>
    public ReadOnlyMemory<byte> Confirmation { get; private init; }

    /// <summary>EncryptedExtensions: keys to try again with, since the inner ClientHello could not be read.</summary>
    public IReadOnlyList<EchConfig> RetryConfigs { get; private init; } = [];

    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // HelloRetryRequest: struct { opaque confirmation[8]; } ECHHelloRetryRequest;
        // EncryptedExtensions: struct { ECHConfigList retry_configs; } ECHEncryptedExtensions;
        // ClientHello: struct {
        //     ECHClientHelloType type;
        //     select (ECHClientHello.type) {
        //         case outer: HpkeSymmetricCipherSuite cipher_suite; uint8 config_id; opaque enc<0..2^16-1>;
        //                     opaque payload<1..2^16-1>;
        //         case inner: Empty;
        //     };
        // } ECHClientHello;
        var body = place switch
        {
            ExtensionPlace.HelloRetryRequest =>
                new() { Confirmation = reader.Take(ConfirmationLength, "confirmation") },
            ExtensionPlace.EncryptedExtensions => new() { RetryConfigs = EchConfig.ReadList(ref reader) },
            _ => ReadClientHello(ref reader),
        };
        reader.End("encrypted_client_hello");
        return body;
    }

    private static EncryptedClientHelloExtension ReadClientHello(ref WireReader reader)
    {
        var type = new EchClientHelloType(reader.U8("type"));
        if (type == EchClientHelloType.Inner) return new() { Type = type };
        if (type != EchClientHelloType.Outer)
        {
            reader.Reject("type", $"Expected outer or inner. Got: {type}");
            return new() { Type = type };
        }
        return new()
        {
            Type = type,
            CipherSuite = HpkeSymmetricCipherSuite.Read(ref reader),
            ConfigId = reader.U8("config_id"),
            Enc = reader.Vector16("enc"),
            Payload = reader.Vector16("payload", min: 1),
        };
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (Type is null)
        {
            if (place == ExtensionPlace.HelloRetryRequest) writer.Opaque(Confirmation.Span);
            else EchConfig.WriteList(writer, RetryConfigs);
            return;
        }
        writer.U8(Type.Value.Code);
        if (CipherSuite is not { } suite) return;
        suite.Write(writer);
        writer.U8(ConfigId.GetValueOrDefault());
        writer.Vector16(Enc.Span, "enc");
        writer.Vector16(Payload.Span, "payload");
    }

    // The configuration's number, the key and the payload differ from run to run, and so may the payload's length.
    public override string Describe(ITokens tokens) => this switch
    {
        { CipherSuite: { } suite } => $"{Type}, {suite}, enc {Enc.Length} bytes",
        { Type: { } type } => type.ToString(),
        { RetryConfigs: [_, ..] configs } => $"retry_configs {string.Join(", ", configs)}",
        _ => "confirmation",
    };
}

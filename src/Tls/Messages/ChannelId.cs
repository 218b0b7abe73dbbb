using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>Proof that the client holds a key of its own that outlives connections.</summary>
/// <param name="ExtensionType">channel_id.</param>
/// <param name="X">First coordinate of the client's P-256 key.</param>
/// <param name="Y">Second coordinate.</param>
/// <param name="R">First number of the signature.</param>
/// <param name="S">Second number of the signature.</param>
/// <remarks>draft-balfanz-tls-channelid-01, Section 4, where the message is called EncryptedExtensions.</remarks>
public sealed record ChannelId(
    ExtensionType ExtensionType,
    ReadOnlyMemory<byte> X,
    ReadOnlyMemory<byte> Y,
    ReadOnlyMemory<byte> R,
    ReadOnlyMemory<byte> S) : HandshakeBody
{
    private const int NumberLength = 32;

    public static ChannelId Read(ref WireReader reader, in MessageContext context)
    {
        // Extension { extension_type = channel_id; opaque extension_data<0..2^16-1> =
        //     struct { opaque x[32]; opaque y[32]; opaque r[32]; opaque s[32]; } ChannelIDExtension; }
        var type = new ExtensionType(reader.U16("extension_type"));
        var data = reader.List16("extension_data");
        var x = data.Take(NumberLength, "x");
        var y = data.Take(NumberLength, "y");
        var r = data.Take(NumberLength, "r");
        var s = data.Take(NumberLength, "s");
        data.End("ChannelIDExtension");
        reader.End("ChannelID");
        return new(type, x, y, r, s);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        writer.U16(ExtensionType.Code);
        using var data = writer.List16("extension_data");
        foreach (var number in (ReadOnlySpan<ReadOnlyMemory<byte>>)[X, Y, R, S]) writer.Opaque(number.Span);
    }

    public override string Describe(ITokens tokens) => tokens.Token("ChannelId", X.Span);
}

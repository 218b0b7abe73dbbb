using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The largest record that the sender wants to receive, in octets of plaintext.</summary>
/// <remarks>RFC 8449, Section 4.</remarks>
public sealed record RecordSizeLimitExtension(ushort Limit) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // uint16 RecordSizeLimit;
        var limit = reader.U16("record_size_limit");
        reader.End("record_size_limit");
        return new RecordSizeLimitExtension(limit);
    }

    public override void Write(WireWriter writer, ExtensionPlace place) => writer.U16(Limit);

    public override string Describe(ITokens tokens) => Limit.ToString();
}

using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>A wish for smaller records.</summary>
/// <remarks>RFC 6066, Section 4.</remarks>
public sealed record MaxFragmentLengthExtension(MaxFragmentLength Length) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // enum { 2^9(1), 2^10(2), 2^11(3), 2^12(4), (255) } MaxFragmentLength;
        var length = new MaxFragmentLength(reader.U8("max_fragment_length"));
        reader.End("max_fragment_length");
        return new MaxFragmentLengthExtension(length);
    }

    public override void Write(WireWriter writer, ExtensionPlace place) => writer.U8(Length.Code);

    public override string Describe(ITokens tokens) => Length.ToString();
}

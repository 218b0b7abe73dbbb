using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Extensions that would say no more than yes, one bit each.</summary>
/// <param name="Flags">Bit 0 is the lowest bit of the first octet.</param>
/// <remarks>draft-ietf-tls-tlsflags, Section 2.</remarks>
public sealed record TlsFlagsExtension(ReadOnlyMemory<byte> Flags) : ExtensionBody
{
    /// <summary>Numbers of the bits that are set.</summary>
    public IEnumerable<int> Numbers =>
        Enumerable.Range(0, Flags.Length * 8).Where(number => (Flags.Span[number / 8] >> number % 8 & 1) != 0);

    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { opaque flags<0..255>; } FlagExtensions;
        var flags = reader.Vector8("flags");
        reader.End("tls_flags");
        return new TlsFlagsExtension(flags);
    }

    public override void Write(WireWriter writer, ExtensionPlace place) => writer.Vector8(Flags.Span, "flags");

    public override string Describe(ITokens tokens) => string.Join(", ", Numbers);
}

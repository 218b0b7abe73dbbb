using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Zeros that make a ClientHello longer.</summary>
/// <param name="Length">
/// Octets of padding. It follows from all that varies in the hello, so it is not in a snapshot.
/// </param>
/// <remarks>RFC 7685, Section 3.</remarks>
public sealed record PaddingExtension(int Length) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        var zeros = reader.Rest();
        if (zeros.Span.ContainsAnyExcept((byte)0)) reader.Reject("padding", "Expected zeros only. Got: other octets");
        return new PaddingExtension(zeros.Length);
    }

    public override void Write(WireWriter writer, ExtensionPlace place) =>
        writer.Opaque(new byte[Length]);

    public override string Describe(ITokens tokens) => "";
}

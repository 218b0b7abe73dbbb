using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.RoundTrip;

/// <summary>One extension_data in hexadecimal; spaces are for the reader.</summary>
internal sealed record ExtensionSample(ExtensionType Type, ExtensionPlace Place, string Hex)
{
    public byte[] Data => Convert.FromHexString(Hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>A list that holds it alone.</summary>
    public byte[] List => [.. U16(Data.Length + 4), .. U16(Type.Code), .. U16(Data.Length), .. Data];

    public override string ToString() => $"{Type} in {Place}: {Hex}";

    private static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];
}

using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation;

/// <summary>Shows volatile values by their first octets, enough to find them again.</summary>
internal sealed class ShortHex : ITokens
{
    private const int Shown = 8;

    public static readonly ShortHex Instance = new();

    public string Token(string kind, ReadOnlySpan<byte> value) => value.Length <= Shown
        ? Convert.ToHexStringLower(value)
        : $"{Convert.ToHexStringLower(value[..Shown])}…";
}

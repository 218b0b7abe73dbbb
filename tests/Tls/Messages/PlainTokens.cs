using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Messages;

/// <summary>Names a value by its kind alone.</summary>
internal sealed class PlainTokens : ITokens
{
    public string Token(string kind, ReadOnlySpan<byte> value) => kind;
}

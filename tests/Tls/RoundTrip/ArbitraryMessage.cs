using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.RoundTrip;

/// <summary>A message that no stack may ever have sent.</summary>
internal sealed record ArbitraryMessage(HandshakeType Type, MessageContext Context, HandshakeBody Body)
{
    public HandshakeMessage Written => HandshakeMessage.Of(Type, Body, Context);

    public override string ToString() => $"{Type} {Context.Version.Number}: {Structure.Of(Body)}";
}

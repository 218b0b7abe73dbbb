using TlsInterop.Tls.Messages;

namespace TlsInterop.Tls.Tests.Messages;

/// <summary>A message, and what was known of its handshake when it came.</summary>
internal sealed record SampleMessage(HandshakeMessage Message, MessageContext Context);

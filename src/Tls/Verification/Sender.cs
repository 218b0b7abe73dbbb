using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Tls.Verification;

/// <summary>How sentences name an end.</summary>
internal static class Sender
{
    /// <summary>Who sends in a direction: <c>client</c> or <c>server</c>.</summary>
    public static string Of(Direction direction) => direction == Direction.ClientToServer ? "client" : "server";

    /// <summary>Who did it.</summary>
    public static string Of(ConnectionEvent item) => Of(item.Direction);
}

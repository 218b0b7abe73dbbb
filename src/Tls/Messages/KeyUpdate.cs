using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>The sender changes its keys.</summary>
/// <param name="RequestUpdate">1 if it asks the other end to do so too, 0 if not.</param>
/// <remarks>RFC 8446, Section 4.6.3.</remarks>
public sealed record KeyUpdate(byte RequestUpdate) : HandshakeBody
{
    public static KeyUpdate Read(ref WireReader reader, in MessageContext context)
    {
        // enum { update_not_requested(0), update_requested(1), (255) } KeyUpdateRequest;
        // struct { KeyUpdateRequest request_update; } KeyUpdate;
        var requestUpdate = reader.U8("request_update");
        if (requestUpdate > 1) reader.Reject("request_update", $"Expected 0 or 1. Got: {requestUpdate}");
        reader.End("KeyUpdate");
        return new(requestUpdate);
    }

    public override void Write(WireWriter writer, in MessageContext context) => writer.U8(RequestUpdate);

    public override string Describe(ITokens tokens) => RequestUpdate switch
    {
        0 => "update_not_requested",
        1 => "update_requested",
        _ => $"0x{RequestUpdate:x2}",
    };
}

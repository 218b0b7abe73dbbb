using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>An alert of the peer, and whether the connection goes on behind it.</summary>
internal static class ReceivedAlert
{
    /// <summary>True for close_notify, false for a warning.</summary>
    /// <param name="content">Content of its record.</param>
    /// <param name="isTls13">True if TLS 1.3 was agreed on.</param>
    /// <exception cref="ScriptedFault">It is fatal, or none; or the peer does not renegotiate.</exception>
    public static bool IsEnd(ReadOnlyMemory<byte> content, bool isTls13)
    {
        var reader = new WireReader(content);
        var alert = Alert.Read(ref reader);
        if (reader.Fault is not null)
            throw new ScriptedFault($"Expected an alert. Got: {content.Length} octets", "decode_error");
        var isEnd = alert.Description == AlertDescription.CloseNotify;
        // RFC 5246, Section 7.2.2: it is up to who wanted to renegotiate whether the connection goes on.
        if (alert.Description == AlertDescription.NoRenegotiation)
            throw new ScriptedFault("the peer does not renegotiate");
        // RFC 8446, Section 6: in TLS 1.3 all but two are fatal, whatever their level says.
        var isFatal = isTls13 ? !isEnd && alert.Description != AlertDescription.UserCanceled : alert.IsFatal;
        return isFatal ? throw new ScriptedFault($"the peer sent {alert}") : isEnd;
    }
}

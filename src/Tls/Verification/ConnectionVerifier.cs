using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification.Proofs;

namespace TlsInterop.Tls.Verification;

/// <summary>The second opinion on a connection.</summary>
public static class ConnectionVerifier
{
    /// <summary>Runs every rule, and leaves a remark at each message whose proof was recomputed.</summary>
    /// <param name="connection">The connection; its events get remarks such as <c>verify_data ok</c>.</param>
    /// <param name="keyLog">The secrets that it was decoded with; null if nobody gave any.</param>
    /// <returns>What it breaks, in the order of the rules; empty if nothing.</returns>
    public static IReadOnlyList<Finding> Verify(DecodedConnection connection, KeyLog? keyLog)
    {
        var evidence = new Evidence(connection, keyLog);
        foreach (var check in evidence.Handshakes.SelectMany(handshake => handshake.Checks)) Remark(check);
        return Rules.Findings(evidence);
    }

    private static void Remark(HandshakeCheck check)
    {
        var what = check.Event.Message.Body is Finished ? "verify_data" : "signature";
        check.Event.Remark = check.Status switch
        {
            CheckStatus.Ok => $"{what} ok",
            CheckStatus.Wrong => $"{what} wrong",
            _ => $"{what} not checked",
        };
    }
}

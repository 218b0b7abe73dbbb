using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Verification;

/// <summary>All that the rules look at: one connection.</summary>
public sealed class Evidence
{
    /// <summary>Collects it and recomputes what the handshakes prove.</summary>
    /// <param name="steps">The handshake messages in the order of the wire.</param>
    /// <param name="records">The protected records in the order of the wire.</param>
    /// <param name="keyLog">The secrets; null if nobody gave any.</param>
    /// <param name="firstGap">The first frame at which octets are missing in the capture.</param>
    public Evidence(
        IReadOnlyList<HandshakeStep> steps,
        IReadOnlyList<ProtectedRecord> records,
        KeyLog? keyLog,
        long firstGap = long.MaxValue)
    {
        var firstClosed = records.FirstOrDefault(record => record.Opened is not { IsOk: true })?.Frame ?? long.MaxValue;
        Handshakes = [.. Split(steps).Select(part => new SeenHandshake(part, keyLog, Math.Min(firstClosed, firstGap)))];
        Records = records;
        KeyLog = keyLog;
    }

    /// <summary>The handshakes in order; more than one if the connection renegotiated.</summary>
    public IReadOnlyList<SeenHandshake> Handshakes { get; }

    /// <summary>The protected records.</summary>
    public IReadOnlyList<ProtectedRecord> Records { get; }

    /// <summary>The secrets, or null.</summary>
    public KeyLog? KeyLog { get; }

    // A ClientHello begins a handshake unless it is the answer to a HelloRetryRequest.
    private static List<List<HandshakeStep>> Split(IReadOnlyList<HandshakeStep> steps)
    {
        var parts = new List<List<HandshakeStep>>();
        var isRetry = false;
        foreach (var step in steps)
        {
            if (parts.Count == 0 || (step.Body is ClientHello && !isRetry)) parts.Add([]);
            parts[^1].Add(step);
            if (step.Body is ServerHello { IsHelloRetryRequest: true }) isRetry = true;
            else if (step.Body is ClientHello or ServerHello) isRetry = false;
        }
        return parts;
    }
}

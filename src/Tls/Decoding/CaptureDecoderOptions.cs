using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Decoding;

/// <summary>What a <see cref="CaptureDecoder"/> decodes, with what, and within which memory.</summary>
public sealed record CaptureDecoderOptions
{
    /// <summary>
    /// What there is to decrypt with: key log, RSA keys, sessions of earlier captures. Secrets inside of the capture
    /// are added to it.
    /// </summary>
    public SessionSecrets Secrets { get; init; } = new();

    /// <summary>
    /// The lines of <see cref="Secrets"/>; setting it is enough where there is nothing but a key log.
    /// </summary>
    public KeyLog KeyLog
    {
        get => Secrets.KeyLog;
        init => Secrets = new SessionSecrets(value);
    }

    /// <summary>Which connections are wanted; null for all. The others cost next to nothing.</summary>
    public Func<TcpConnectionInfo, bool>? Selects { get; init; }

    /// <summary>How much of a connection is kept.</summary>
    public DecodingLimits Limits { get; init; } = DecodingLimits.Streaming;

    /// <summary>Threads that decode beside the one that reads.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Octets of a connection that wait until it has ended; a longer one is decoded as it comes, on the thread that
    /// reads.
    /// </summary>
    public int WaitingPerConnection { get; init; } = 256 << 10;

    /// <summary>
    /// Octets that all open connections may hold; beyond, the ones that were silent longest are given out as they are.
    /// </summary>
    public long HeldInTotal { get; init; } = 24 << 20;

    /// <summary>How much the reassembly below may hold.</summary>
    public ReassemblyLimits Reassembly { get; init; } =
        new() { BufferedInTotal = 16 << 20, Connections = 8192, EndedConnections = 1024 };
}

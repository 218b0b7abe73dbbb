using TlsInterop.Harness.Diagnosis.Logs;
using TlsInterop.Harness.Diagnosis.Packets;
using TlsInterop.Harness.Predictions;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Diagnosis;

/// <summary>What is known beside the connection; all of it may be missing.</summary>
public sealed record DiagnosisContext
{
    /// <summary>Who talked to whom.</summary>
    public TcpConnectionInfo? Info { get; init; }

    /// <summary>The secrets that it was decoded with.</summary>
    public KeyLog? KeyLog { get; init; }

    /// <summary>What <see cref="ConnectionVerifier"/> found; null if it was not asked yet.</summary>
    public IReadOnlyList<Finding>? Findings { get; init; }

    /// <summary>What the server said.</summary>
    public LogText? ServerLog { get; init; }

    /// <summary>What the client said, or a tool that looked on.</summary>
    public LogText? ClientLog { get; init; }

    /// <summary>What the packets below TCP tell.</summary>
    public PacketTraits? Packets { get; init; }

    /// <summary>What the two have not in common, if the server was asked how it chooses.</summary>
    public ForetoldRefusal? Foretold { get; init; }

    /// <summary>The one suite that the server was told to take; null if nobody knows what it takes.</summary>
    public CipherSuite? ServerSuite { get; init; }

    /// <summary>
    /// Where the file of the capture breaks off in the midst of a packet: nanoseconds since the epoch of what stands
    /// before; null if the file is whole.
    /// </summary>
    public long? CutAt { get; init; }

    /// <summary>Other connections between the same two hosts, in the order of the capture.</summary>
    public IReadOnlyList<DecodedConnection> Others { get; init; } = [];
}

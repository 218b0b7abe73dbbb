using System.Buffers.Binary;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Decoding;

/// <summary>What an end of SSL 2.0 could not do, said in the clear; it closes then.</summary>
/// <param name="Direction">Who sent it.</param>
/// <param name="At">The frame that completed it.</param>
/// <param name="Code">ERROR-CODE.</param>
/// <remarks>The SSL Protocol Version 2.0 (draft-hickman-netscape-ssl-00), Section 2.7 and Appendix C.3.</remarks>
public sealed record SslV2ErrorEvent(Direction Direction, FrameStamp At, ushort Code) : ConnectionEvent(Direction, At)
{
    private const byte MessageType = 0;
    private const int Length = 3;

    private static readonly Dictionary<ushort, string> Meanings = new()
    {
        [1] = "no cipher",
        [2] = "no certificate",
        [4] = "bad certificate",
        [6] = "unsupported certificate type",
    };

    /// <summary>The code in words.</summary>
    public string Meaning => Meanings.GetValueOrDefault(Code, "unknown");

    /// <summary>
    /// Reads one; null if it is something else. What is encrypted is longer, for it has a MAC of 16 octets.
    /// </summary>
    internal static SslV2ErrorEvent? Read(Direction direction, FrameStamp at, ReadOnlySpan<byte> content) =>
        content.Length == Length && content[0] == MessageType
            ? new(direction, at, BinaryPrimitives.ReadUInt16BigEndian(content[1..]))
            : null;
}

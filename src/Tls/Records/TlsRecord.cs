using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Records;

/// <summary>One record as it was on the wire.</summary>
/// <param name="Type">Content type of the header; for protected records of TLS 1.3 always application_data.</param>
/// <param name="Version">Version of the header.</param>
/// <param name="Fragment">What follows the header: plain or protected.</param>
/// <param name="At">The frame that completed it.</param>
/// <remarks>RFC 8446, Section 5.1; RFC 5246, Section 6.2.1.</remarks>
public readonly record struct TlsRecord(
    ContentType Type, ProtocolVersion Version, ReadOnlyMemory<byte> Fragment, FrameStamp At)
{
    /// <summary>Octets of type, version and length.</summary>
    public const int HeaderLength = 5;

    /// <summary>
    /// The longest fragment of any version: 2^14 and 2048 for compression and protection (RFC 5246, Section 6.2.3).
    /// </summary>
    public const int MaxFragmentLength = (1 << 14) + 2048;

    /// <summary>
    /// True if it is a record of SSL 2.0, without its octets of length: a ClientHello in that form, or, where the
    /// server speaks nothing newer, any.
    /// </summary>
    public bool IsSslV2 { get; init; }

    /// <summary>Writes the record with its header.</summary>
    /// <exception cref="ArgumentException">The fragment is longer than its length can say.</exception>
    public void Write(WireWriter writer)
    {
        if (IsSslV2)
        {
            writer.U16((ushort)(0x8000 | Fragment.Length)); // RFC 5246, Appendix E.2: msg_length, its highest bit set
            writer.Opaque(Fragment.Span);
            return;
        }
        writer.U8(Type.Code);
        writer.U16(Version.Code);
        writer.Vector16(Fragment.Span, "fragment");
    }
}

using System.Buffers.Binary;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Records;

/// <summary>The header of a record; read once per record, so without a reader of its own.</summary>
/// <param name="Type">Content type.</param>
/// <param name="Version">legacy_record_version.</param>
/// <param name="Length">Octets of the fragment that follows.</param>
/// <remarks>RFC 8446, Section 5.1.</remarks>
internal readonly record struct RecordHeader(ContentType Type, ProtocolVersion Version, int Length)
{
    /// <summary>True if a record of any version may be so long.</summary>
    public bool IsLengthPossible => Length <= TlsRecord.MaxFragmentLength;

    /// <summary>Reads the first octets of a record.</summary>
    /// <param name="bytes">At least <see cref="TlsRecord.HeaderLength"/> octets.</param>
    public static RecordHeader Read(ReadOnlySpan<byte> bytes) =>
        // struct { ContentType type; ProtocolVersion legacy_record_version; uint16 length;
        //          opaque fragment[length]; } TLSPlaintext;
        new(new(bytes[0]),
            new(BinaryPrimitives.ReadUInt16BigEndian(bytes[1..])),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]));
}

using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>A log's promise to publish a certificate.</summary>
/// <param name="Version">0 for v1, the only one of this form; others are kept with their bytes only.</param>
/// <param name="LogId">SHA-256 of the log's public key.</param>
/// <param name="Timestamp">When the log took the certificate, in milliseconds since 1970 in UTC.</param>
/// <param name="Extensions">None are defined.</param>
/// <param name="Algorithm">How the log signed.</param>
/// <param name="Signature">The log's signature.</param>
/// <param name="Serialized">The SerializedSCT as sent.</param>
/// <remarks>RFC 6962, Section 3.2.</remarks>
public sealed record SignedCertificateTimestamp(
    byte Version,
    ReadOnlyMemory<byte> LogId,
    ulong Timestamp,
    ReadOnlyMemory<byte> Extensions,
    SignatureScheme? Algorithm,
    ReadOnlyMemory<byte> Signature,
    ReadOnlyMemory<byte> Serialized)
{
    /// <summary>The timestamp as a time; null if it is beyond the calendar.</summary>
    public DateTimeOffset? Time => Timestamp <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)Timestamp)
        : null;

    /// <summary>Writes the SerializedSCT; one of another version as it was sent.</summary>
    public void Write(WireWriter writer)
    {
        if (Algorithm is not { } algorithm)
        {
            writer.Opaque(Serialized.Span);
            return;
        }
        writer.U8(Version);
        writer.Opaque(LogId.Span);
        writer.U32((uint)(Timestamp >> 32));
        writer.U32((uint)Timestamp);
        writer.Vector16(Extensions.Span, "extensions");
        writer.U16(algorithm.Code);
        writer.Vector16(Signature.Span, "signature");
    }

    /// <summary>Reads a list as it stands in an extension, an OCSP response or a certificate.</summary>
    internal static List<SignedCertificateTimestamp> ReadList(ref WireReader reader)
    {
        // opaque SerializedSCT<1..2^16-1>;
        // struct { SerializedSCT sct_list <1..2^16-1>; } SignedCertificateTimestampList;
        var timestamps = new List<SignedCertificateTimestamp>();
        var list = reader.List16("sct_list", min: 1);
        while (list.More)
        {
            var serialized = list.List16("serialized_sct", min: 1);
            var timestamp = Read(ref serialized);
            if (list.Fault is null) timestamps.Add(timestamp);
        }
        return timestamps;
    }

    private static SignedCertificateTimestamp Read(ref WireReader reader)
    {
        // struct {
        //     Version sct_version;  LogID id;  uint64 timestamp;  opaque extensions<0..2^16-1>;
        //     digitally-signed struct { ... };  (SignatureAndHashAlgorithm algorithm; opaque signature<0..2^16-1>)
        // } SignedCertificateTimestamp;
        var whole = reader; // reads the same octets once more, as they are
        var serialized = whole.Rest();
        var version = reader.U8("sct_version");
        if (version != 0)
        {
            reader.Rest();
            return new(version, default, 0, default, Algorithm: null, default, serialized);
        }
        var logId = reader.Take(32, "id");
        var timestamp = (ulong)reader.U32("timestamp") << 32 | reader.U32("timestamp");
        var extensions = reader.Vector16("extensions");
        var algorithm = new SignatureScheme(reader.U16("algorithm"));
        var signature = reader.Vector16("signature");
        reader.End("SignedCertificateTimestamp");
        return new(version, logId, timestamp, extensions, algorithm, signature, serialized);
    }
}

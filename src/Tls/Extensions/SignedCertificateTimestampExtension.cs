using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>A wish for certificate transparency, or the timestamps themselves.</summary>
/// <param name="Timestamps">The serialised timestamps of an answer; null for a client's empty wish.</param>
/// <remarks>RFC 6962, Section 3.3; RFC 8446, Section 4.4.2.1.</remarks>
public sealed record SignedCertificateTimestampExtension(
    IReadOnlyList<ReadOnlyMemory<byte>>? Timestamps) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        if (!reader.More) return new SignedCertificateTimestampExtension(Timestamps: null);

        // opaque SerializedSCT<1..2^16-1>;
        // struct { SerializedSCT sct_list <1..2^16-1>; } SignedCertificateTimestampList;
        var timestamps = new List<ReadOnlyMemory<byte>>();
        var list = reader.List16("sct_list", min: 1);
        while (list.More)
        {
            var timestamp = list.Vector16("serialized_sct", min: 1);
            if (list.Fault is null) timestamps.Add(timestamp);
        }
        reader.End("signed_certificate_timestamp");
        return new SignedCertificateTimestampExtension(timestamps);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (Timestamps is null) return;
        using var list = writer.List16("sct_list");
        foreach (var timestamp in Timestamps) writer.Vector16(timestamp.Span, "serialized_sct");
    }

    public override string Describe(ITokens tokens) => Timestamps is null ? "" : $"{Timestamps.Count} timestamps";
}

using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>A wish for certificate transparency, or the timestamps themselves.</summary>
/// <param name="Timestamps">The timestamps of an answer; null for a client's empty wish.</param>
/// <remarks>RFC 6962, Section 3.3; RFC 8446, Section 4.4.2.1.</remarks>
public sealed record SignedCertificateTimestampExtension(
    IReadOnlyList<SignedCertificateTimestamp>? Timestamps) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        if (!reader.More) return new SignedCertificateTimestampExtension(Timestamps: null);

        var timestamps = SignedCertificateTimestamp.ReadList(ref reader);
        reader.End("signed_certificate_timestamp");
        return new SignedCertificateTimestampExtension(timestamps);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (Timestamps is null) return;
        using var list = writer.List16("sct_list");
        foreach (var timestamp in Timestamps)
        {
            using var serialized = writer.List16("serialized_sct");
            timestamp.Write(writer);
        }
    }

    public override string Describe(ITokens tokens) => Timestamps is null ? "" : $"{Timestamps.Count} timestamps";
}

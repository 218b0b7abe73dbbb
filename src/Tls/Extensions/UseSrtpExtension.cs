using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>SRTP takes its keys from this handshake.</summary>
/// <param name="SrtpProtectionProfiles">A client's offer, best first, or a server's one choice.</param>
/// <param name="SrtpMki">Master key identifier; usually empty.</param>
/// <remarks>RFC 5764, Section 4.1.1.</remarks>
public sealed record UseSrtpExtension(
    IReadOnlyList<SrtpProtectionProfile> SrtpProtectionProfiles, ReadOnlyMemory<byte> SrtpMki) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // uint8 SRTPProtectionProfile[2];
        // SRTPProtectionProfile SRTPProtectionProfiles<2..2^16-1>;
        // struct { SRTPProtectionProfiles SRTPProtectionProfiles; opaque srtp_mki<0..255>; } UseSRTPData;
        var profiles = new List<SrtpProtectionProfile>();
        var list = reader.List16("SRTPProtectionProfiles", min: 2);
        while (list.More) profiles.Add(new(list.U16("SRTPProtectionProfile")));
        var mki = reader.Vector8("srtp_mki");
        reader.End("use_srtp");
        return new UseSrtpExtension(profiles, mki);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using (writer.List16("SRTPProtectionProfiles"))
            foreach (var profile in SrtpProtectionProfiles) writer.U16(profile.Code);
        writer.Vector8(SrtpMki.Span, "srtp_mki");
    }

    public override string Describe(ITokens tokens) => string.Join(", ", SrtpProtectionProfiles);
}

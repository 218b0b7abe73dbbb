namespace TlsInterop.Tls.Wire;

public static partial class CipherSuites
{
    // Y: RFC 8446, Appendix B.4; RFC 8447, Section 8; RFC 7905, RFC 8442.
    private static readonly HashSet<ushort> RecommendedCodes =
    [
        0x009e, 0x009f, 0x00aa, 0x00ab, 0x1301, 0x1302, 0x1303, 0x1304, 0xc02b, 0xc02c, 0xc02f, 0xc030, 0xc09e, 0xc09f,
        0xc0a6, 0xc0a7, 0xcca8, 0xcca9, 0xccaa, 0xccac, 0xccad, 0xd001, 0xd002, 0xd005,
    ];

    // D: RFC 9847, Section 5.
    private static readonly HashSet<ushort> DiscouragedCodes =
    [
        0x001e, 0x0020, 0x0021, 0x0022, 0x0024, 0x0025, 0x0026, 0x0027, 0x0028, 0x0029, 0x002a, 0x002b, 0x002c, 0x008a,
        0x00b0, 0x00b1, 0xc006, 0xc007, 0xc010, 0xc011, 0xc033, 0xc039, 0xc03a, 0xc03b, 0xc0b4, 0xc0b5,
    ];

    internal static Recommendation RecommendationOf(ushort code) =>
        RecommendedCodes.Contains(code) ? Recommendation.Recommended
        : DiscouragedCodes.Contains(code) ? Recommendation.Discouraged
        : Recommendation.None;
}

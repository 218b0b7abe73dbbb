namespace TlsInterop.Tls.Secrets;

/// <summary>How many records may be missing in a gap of a capture, the likeliest first.</summary>
internal static class MissingRecords
{
    // A header, the content type and a tag of 8 octets (TLS_AES_128_CCM_8_SHA256): none that is protected is shorter.
    private const int LeastLength = 14;

    /// <summary>
    /// Octets that all tries for one record may cost: 60 tries for one of the longest, a thousand for a short one.
    /// </summary>
    public const int MostOctets = 1 << 20;

    /// <summary>The same for keys that are only presumed: few records can have used them.</summary>
    public const int FewOctets = MostOctets / 16;

    /// <summary>What a try costs besides.</summary>
    private const int Overhead = 1 << 10;

    /// <summary>The numbers to try: one at least is missing, unless what is lost was no record at all.</summary>
    /// <param name="lost">Octets of the gap.</param>
    /// <param name="length">Octets of the record to open: a long one is dear to try.</param>
    /// <param name="counted">A number that something else tells; 0 for none.</param>
    /// <param name="octets">What the tries may cost.</param>
    public static IEnumerable<long> Of(long lost, int length, long counted, int octets)
    {
        var most = Math.Max(lost / LeastLength, 1);
        if (counted > 0 && counted <= most) yield return counted;
        most = Math.Min(most, Math.Max(octets / (length + Overhead), 1));
        for (var missing = 1L; missing <= most; missing++) yield return missing;
        yield return 0;
    }
}

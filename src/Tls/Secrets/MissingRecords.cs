namespace TlsInterop.Tls.Secrets;

/// <summary>How many records may be missing in a gap of a capture, the likeliest first.</summary>
internal static class MissingRecords
{
    // A header, and a MAC or tag of 16 octets: none that is protected is shorter.
    private const int LeastLength = 21;

    /// <summary>More tries than these are too dear for one record.</summary>
    private const int MostTries = 4096;

    /// <summary>The same in octets, and what a try costs besides.</summary>
    private const int MostOctets = 2 << 20;
    private const int Overhead = 64;

    /// <summary>The numbers to try: one at least is missing, unless what is lost was no record at all.</summary>
    /// <param name="lost">Octets of the gap.</param>
    /// <param name="length">Octets of the record to open: a long one is dear to try.</param>
    /// <param name="counted">A number that something else tells; 0 for none.</param>
    public static IEnumerable<long> Of(long lost, int length, long counted)
    {
        var most = Math.Max(lost / LeastLength, 1);
        if (counted > 0 && counted <= most) yield return counted;
        most = Math.Min(most, Math.Min(MostTries, MostOctets / (length + Overhead)));
        for (var missing = 1L; missing <= most; missing++) yield return missing;
        yield return 0;
    }
}

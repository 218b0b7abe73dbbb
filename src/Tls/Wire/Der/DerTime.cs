namespace TlsInterop.Tls.Wire.Der;

/// <summary>UTCTime and GeneralizedTime.</summary>
/// <remarks>RFC 5280, Section 4.1.2.5: in UTC, to the second; fractions of a second are left out.</remarks>
internal static class DerTime
{
    /// <summary>Reads the next element, which must be a time; null if it is none.</summary>
    public static DateTimeOffset? Read(ref DerReader reader) => reader.Tag == DerTag.UtcTime
        ? Parse(reader.Take(DerTag.UtcTime).Span, yearDigits: 2)
        : Parse(reader.Take(DerTag.GeneralizedTime).Span, yearDigits: 4);

    // YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ
    private static DateTimeOffset? Parse(ReadOnlySpan<byte> text, int yearDigits)
    {
        const int Rest = 10;
        if (text.Length < yearDigits + Rest + 1 || text[^1] != 'Z') return null;
        if (text[..(yearDigits + Rest)].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return null;

        var year = Number(text[..yearDigits]);
        // RFC 5280, Section 4.1.2.5.1: two digits mean 1950 to 2049.
        if (yearDigits == 2) year += year < 50 ? 2000 : 1900;
        var rest = text[yearDigits..];
        var (month, day) = (Number(rest[..2]), Number(rest[2..4]));
        var (hour, minute, second) = (Number(rest[4..6]), Number(rest[6..8]), Number(rest[8..10]));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        if (hour > 23 || minute > 59 || second > 59) return null;
        return new(year, month, day, hour, minute, second, TimeSpan.Zero);
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits) number = number * 10 + digit - '0';
        return number;
    }
}

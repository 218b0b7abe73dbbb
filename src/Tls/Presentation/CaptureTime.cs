using System.Globalization;

namespace TlsInterop.Tls.Presentation;

/// <summary>Times of capture as people and programs read them.</summary>
internal static class CaptureTime
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>For a person: <c>2026-11-22 04:16:05.263021 UTC</c>.</summary>
    public static string Text(long unixNanoseconds) =>
        Utc(unixNanoseconds).ToString("yyyy-MM-dd HH:mm:ss.ffffff 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>RFC 3339 with nanoseconds: <c>2026-11-22T04:16:05.263021000Z</c>.</summary>
    public static string Rfc3339(long unixNanoseconds) => string.Create(30, unixNanoseconds, static (text, time) =>
    {
        // DateTime counts in hundreds of nanoseconds, and ends in the letter that moves on.
        _ = Utc(time).TryFormat(text, out var written, "O", CultureInfo.InvariantCulture);
        var rest = (int)((time % 100 + 100) % 100);
        text[written - 1] = (char)('0' + rest / 10);
        text[written++] = (char)('0' + rest % 10);
        text[written] = 'Z';
    });

    /// <summary>A duration for a person: <c>1.234 ms</c>, <c>12.3 s</c>.</summary>
    public static string Duration(long nanoseconds) => nanoseconds < 10 * NanosecondsPerSecond
        ? $"{nanoseconds / 1e6:0.000} ms"
        : $"{nanoseconds / 1e9:0.0} s";

    private static DateTime Utc(long unixNanoseconds)
    {
        var floor = unixNanoseconds / 100 - (unixNanoseconds % 100 < 0 ? 1 : 0);
        return new DateTime(DateTime.UnixEpoch.Ticks + floor, DateTimeKind.Utc);
    }
}

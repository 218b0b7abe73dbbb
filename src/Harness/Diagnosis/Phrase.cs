using System.Globalization;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Diagnosis;

/// <summary>What the sentences of rules are made of.</summary>
internal static class Phrase
{
    private const int MostListed = 8;

    /// <summary>Until when, or how long: <c>23 days</c>, <c>3 hours</c>, <c>1 minute</c>.</summary>
    public static string Long(TimeSpan time) =>
        time.TotalDays >= 2 ? $"{(long)time.TotalDays} days"
        : time.TotalHours >= 2 ? $"{(long)time.TotalHours} hours"
        : time.TotalMinutes >= 1 ? Plural.Of((long)time.TotalMinutes, "minute")
        : Plural.Of((long)time.TotalSeconds, "second");

    /// <summary>An end of a connection: <c>client</c>, <c>server</c>.</summary>
    public static string Side(Direction direction) => CellWords.Ends(direction);

    /// <summary>A finding of the verification as a line of evidence; nothing if there is none.</summary>
    public static IEnumerable<string> Found(Finding? finding) =>
        finding is null ? [] : [$"frame {finding.Frame}: {finding.RuleId} ({finding.Rfc})"];

    /// <summary>A short time, behind a verb: <c> 0.9 ms</c>; nothing if it is not known.</summary>
    public static string After(TimeSpan? delay) => delay is not { } time ? "" : time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $" {time.TotalMilliseconds:0.0} ms")
        : string.Create(CultureInfo.InvariantCulture, $" {time.TotalSeconds:0.0} s");

    /// <summary>A moment as certificates count: <c>2024-01-24 15:02 UTC</c>.</summary>
    public static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>When an event was captured; null in a capture without times.</summary>
    public static DateTimeOffset? TimeOf(ConnectionEvent item) =>
        item.At.UnixNanoseconds > 0 ? DateTimeOffset.UnixEpoch.AddTicks(item.At.UnixNanoseconds / 100) : null;

    /// <summary>The first of them, and how many more there are; GREASE, which is random, is left out.</summary>
    public static string List<T>(IEnumerable<T> items, Func<T, ushort>? code = null)
    {
        var all = items.Where(item => code is null || !Grease.Is(code(item))).Select(item => $"{item}").ToList();
        return all.Count == 0 ? "none"
            : all.Count <= MostListed ? string.Join(", ", all)
            : $"{string.Join(", ", all.Take(MostListed))} and {all.Count - MostListed} more";
    }
}

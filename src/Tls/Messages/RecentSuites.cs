using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>
/// Lists of cipher suites that were read lately: a program offers the same one each time. For any thread.
/// </summary>
internal static class RecentSuites
{
    private const int Places = 256;

    private const int Longest = 512;

    private static readonly RecentByContent<IReadOnlyList<CipherSuite>> Known = new(Places, Longest);

    /// <summary>All suites of a list.</summary>
    public static IReadOnlyList<CipherSuite> Read(ref WireReader list)
    {
        var octets = list.Left;
        if (Known.Find(kind: 0, octets.Span) is { } known) return known;

        var suites = list.AllU16("cipher_suite", code => new CipherSuite(code));
        if (list.Fault is null && Known.Takes(octets.Length)) Known.Keep(kind: 0, octets.ToArray(), suites);
        return suites;
    }
}

using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>
/// Certificates that were read lately: the same few come in every handshake of a server. For any thread.
/// </summary>
internal static class RecentCertificates
{
    private const int Places = 256;

    /// <summary>Octets: a longer certificate is no usual one, and is read anew each time.</summary>
    private const int Longest = 1 << 14;

    private static readonly RecentByContent<CertificateSummary> Known = new(Places, Longest);

    /// <summary>What a certificate says; null if it is none.</summary>
    /// <param name="der">The certificate. It is copied where it is kept, so that nothing around it stays.</param>
    public static CertificateSummary? Read(ReadOnlyMemory<byte> der)
    {
        if (!Known.Takes(der.Length)) return CertificateSummary.TryRead(der);
        if (Known.Find(kind: 0, der.Span) is { } known) return known;

        var copy = der.ToArray();
        if (CertificateSummary.TryRead(copy) is not { } read) return null;
        Known.Keep(kind: 0, copy, read);
        return read;
    }
}

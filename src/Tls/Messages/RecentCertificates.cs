using System.Collections.Concurrent;

namespace TlsInterop.Tls.Messages;

/// <summary>
/// Certificates that were read lately: the same few come in every handshake of a server. For any thread.
/// </summary>
internal static class RecentCertificates
{
    /// <summary>When there are more, all are forgotten.</summary>
    private const int Most = 256;

    /// <summary>Octets: a longer certificate is no usual one, and is read anew each time.</summary>
    private const int Longest = 1 << 14;

    private static readonly ConcurrentDictionary<ReadOnlyMemory<byte>, CertificateSummary> Known = new(new ByContent());
    private static int _count;

    /// <summary>What a certificate says; null if it is none.</summary>
    /// <param name="der">The certificate. It is copied where it is kept, so that nothing around it stays.</param>
    public static CertificateSummary? Read(ReadOnlyMemory<byte> der)
    {
        if (der.Length > Longest) return CertificateSummary.TryRead(der);
        if (Known.TryGetValue(der, out var known)) return known;

        ReadOnlyMemory<byte> copy = der.ToArray();
        if (CertificateSummary.TryRead(copy) is not { } read) return null;
        if (Interlocked.Increment(ref _count) > Most)
        {
            Known.Clear();
            Volatile.Write(ref _count, 1);
        }
        Known[copy] = read;
        return read;
    }

    private sealed class ByContent : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> octets)
        {
            var hash = new HashCode();
            hash.AddBytes(octets.Span);
            return hash.ToHashCode();
        }
    }
}

namespace TlsInterop.Tls.Wire;

/// <summary>What a group is made of.</summary>
public enum NamedGroupKind { EllipticCurve, FiniteField, Kem, Hybrid }

/// <summary>One row of the registry of groups.</summary>
/// <param name="Code">Code point.</param>
/// <param name="Name">IANA name, as in cell ids.</param>
/// <param name="Kind">What it is made of.</param>
/// <param name="ClientShareLength">Octets of a client's key_exchange in a key share; 0 if not known here.</param>
/// <param name="ServerShareLength">Octets of a server's key_exchange in a key share; 0 if not known here.</param>
/// <param name="Tls13">True if TLS 1.3 may use it.</param>
/// <param name="OpenSsl">OpenSSL's name for <c>-groups</c>, or null if it has none.</param>
/// <param name="GnuTls">GnuTLS' name without the <c>GROUP-</c> of priority strings, or null if it has none.</param>
/// <param name="Nss">NSS' name for <c>tstclnt -I</c>, or null if it has none. JSSE uses IANA's.</param>
public sealed record NamedGroupInfo(
    ushort Code,
    string Name,
    NamedGroupKind Kind,
    int ClientShareLength,
    int ServerShareLength,
    bool Tls13,
    string? OpenSsl = null,
    string? GnuTls = null,
    string? Nss = null)
{
    /// <summary>The groups whose shares a hybrid's share is made of, in that order; none for other groups.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];
}

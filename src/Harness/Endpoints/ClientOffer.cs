using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Endpoints;

/// <summary>What a client says in its ClientHello about the certificates that it can take.</summary>
/// <param name="Schemes">Code points of signature_algorithms.</param>
/// <param name="Groups">Code points of supported_groups.</param>
public sealed record ClientOffer(HashSet<ushort> Schemes, HashSet<ushort> Groups)
{
    /// <summary>What some ClientHellos offer together.</summary>
    public static ClientOffer Of(IEnumerable<ClientHello> hellos)
    {
        var bodies = hellos.SelectMany(hello => hello.Extensions).Select(extension => extension.Body).ToList();
        return new(
            [.. bodies.OfType<SignatureAlgorithmsExtension>().SelectMany(body => body.Schemes).Select(row => row.Code)],
            [.. bodies.OfType<SupportedGroupsExtension>().SelectMany(body => body.Groups).Select(row => row.Code)]);
    }

    /// <summary>True if the client takes signatures of a kind of key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="version">TLS 1.2 or 1.3.</param>
    /// <param name="group">The group that is forced: then the curve is whoever chose it's own affair.</param>
    // RFC 5246, Section 7.4.1.4.1: who offers no schemes takes those of old.
    // RFC 8446, Section 4.2.3; RFC 8422, Section 5.1: before TLS 1.3 a certificate's curve is one of supported_groups.
    public bool Verifies(LeafKeyKind key, ProtocolVersion version, string? group) =>
        (key.SchemesIn(version).Any(Schemes.Contains) || (Schemes.Count == 0 && key.IsOld))
        && (version >= ProtocolVersion.Tls13 || group is not null || key.Curve is not { } curve
            || Groups.Count == 0 || Groups.Contains(curve.Code));
}

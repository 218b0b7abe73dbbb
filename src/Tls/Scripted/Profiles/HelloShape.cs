using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>The shape of a ClientHello: all that is the same in each that a client sends.</summary>
/// <param name="Version">legacy_version.</param>
/// <param name="RecordVersion">Version in the header of its record.</param>
/// <param name="SessionIdLength">Octets of legacy_session_id where no session is resumed.</param>
/// <param name="Suites">In wire order, signalling values and GREASE included.</param>
/// <param name="CompressionMethods">In wire order.</param>
/// <param name="Extensions">In wire order; null if the hello ends before its list.</param>
public sealed record HelloShape(
    ProtocolVersion Version,
    ProtocolVersion RecordVersion,
    int SessionIdLength,
    IReadOnlyList<CipherSuite> Suites,
    IReadOnlyList<CompressionMethod> CompressionMethods,
    IReadOnlyList<ExtensionShape>? Extensions)
{
    /// <summary>The words of an extension; none if it is not there.</summary>
    public IReadOnlyList<string> Words(ExtensionType type) =>
        Extensions?.FirstOrDefault(extension => extension.Type == type)?.Words ?? [];

    /// <summary>The versions on offer, as far as they are known here.</summary>
    /// <remarks>RFC 8446, Section 4.2.1: the list alone, or else all up to legacy_version.</remarks>
    public IEnumerable<ProtocolVersion> Versions => Words(ExtensionType.SupportedVersions) is { Count: > 0 } listed
        ? ProtocolVersion.Known.Where(version => listed.Contains(version.Id))
        : ProtocolVersion.Known.Where(version => version <= Version && !version.IsTls13);
}

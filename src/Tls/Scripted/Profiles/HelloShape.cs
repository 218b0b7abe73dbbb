using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
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
    /// <summary>
    /// The shape of a hello that was sent. What belongs to a session is left out: pre_shared_key and early_data.
    /// </summary>
    /// <param name="hello">The hello.</param>
    /// <param name="recordVersion">Version in the header of its record.</param>
    public static HelloShape Of(ClientHello hello, ProtocolVersion recordVersion) => new(
        hello.LegacyVersion,
        recordVersion,
        hello.SessionId.Length,
        hello.CipherSuites,
        hello.CompressionMethods,
        hello.Extensions.IsPresent
            ? [.. hello.Extensions.Where(IsOfEverySession)
                .Select(extension => ExtensionWords.Of(extension, hello.ServerName))]
            : null);

    /// <summary>The words of an extension; none if it is not there.</summary>
    public IReadOnlyList<string> Words(ExtensionType type) =>
        Extensions?.FirstOrDefault(extension => extension.Type == type)?.Words ?? [];

    /// <summary>The versions on offer, as far as they are known here.</summary>
    /// <remarks>RFC 8446, Section 4.2.1: the list alone, or else all up to legacy_version.</remarks>
    public IEnumerable<ProtocolVersion> Versions => Words(ExtensionType.SupportedVersions) is { Count: > 0 } listed
        ? ProtocolVersion.Known.Where(version => listed.Contains(version.Id))
        : ProtocolVersion.Known.Where(version => version <= Version && !version.IsTls13);

    /// <summary>A hello of this shape, with zeros for what differs each time: enough for a fingerprint.</summary>
    /// <param name="serverName">The name of server_name; null for none.</param>
    /// <exception cref="FormatException">A word is none of the field's names.</exception>
    public ClientHello Sample(string? serverName)
    {
        var occasion = new HelloOccasion(
            serverName, group => new byte[Math.Max(1, group.Info?.ClientShareLength ?? 0)]);
        return new(
            Version, new byte[32], new byte[SessionIdLength], Suites, CompressionMethods,
            Extensions is null
                ? ExtensionList.Absent
                : ExtensionList.Of(Extensions.Select(shape => ExtensionMakers.Make(shape, occasion))
                    .OfType<Extension>()));
    }

    // RFC 8446, Section 4.2.10 and 4.2.11: nobody has the session's secret.
    private static bool IsOfEverySession(Extension extension) =>
        extension.Type != ExtensionType.PreSharedKey && extension.Type != ExtensionType.EarlyData;
}

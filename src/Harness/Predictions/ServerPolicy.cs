using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Predictions;

/// <summary>What a server with one configuration takes of ClientHellos, and what it likes best.</summary>
/// <param name="Versions">What it does in each version that it speaks, by the version's name in cell ids.</param>
public sealed record ServerPolicy(IReadOnlyDictionary<string, VersionPolicy> Versions)
{
    /// <summary>That of a server which takes one version, one suite and one group, or any.</summary>
    public static ServerPolicy Exactly(ProtocolVersion version, string suite, string? group)
    {
        var only = new VersionPolicy(
            CipherSuites.Find(suite) is { } row ? new Preference([[row.Code]]) : Preference.Unknown,
            group is not null && NamedGroups.Find(group) is { } named
                ? new Preference([[named.Code]]) : Preference.Unknown,
            Preference.Unknown, Preference.Unknown, new Dictionary<ushort, IReadOnlyList<ushort>>(), null, null);
        return new(new Dictionary<string, VersionPolicy>(StringComparer.Ordinal) { [version.Id] = only });
    }
}

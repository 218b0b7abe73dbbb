using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Matrix;

/// <summary>Knows which words an axis takes, and turns each into the values that it stands for.</summary>
internal sealed class AxisVocabulary(IEndpointCatalogue catalogue)
{
    /// <summary>The word for all quirks that there are.</summary>
    public const string All = "*";

    /// <summary>The versions, and the word for what stacks do by themselves.</summary>
    public static IReadOnlyList<string> Versions { get; } =
        [.. ProtocolVersion.Known.Select(version => version.Id), Cell.OwnDefaults];

    /// <summary>The values that a word stands for, as cell ids spell them; none if the word is wrong.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="word">The word of the file.</param>
    /// <param name="problem">What is wrong with the word, else null.</param>
    public IReadOnlyList<string> Resolve(Axis axis, string word, out string? problem)
    {
        if (axis == Axis.Server)
            return Endpoints(word, "server", offer => offer.ServerScenarios.Count > 0, out problem);
        if (axis == Axis.Client)
            return Endpoints(word, "client", offer => offer.ClientScenarios.Count > 0, out problem);

        var known = KnownWords(axis);
        if (axis == Axis.Quirk && word == All)
        {
            problem = null;
            return known;
        }
        var value = axis == Axis.Suite ? SuiteName(word)
            : axis == Axis.Group ? KeyExchangeGroups.FindAny(word)?.Name
            : known.Contains(word) ? word
            : null;
        problem = value is null ? NearMatch.Unknown(axis.Name, word, known) : null;
        return value is null ? [] : [value];
    }

    /// <summary>
    /// The words of an axis that has a fixed list of them; endpoints depend on their roles and versions.
    /// </summary>
    public IReadOnlyList<string> KnownWords(Axis axis)
    {
        if (axis == Axis.Version) return Versions;
        if (axis == Axis.Suite) return [.. CipherSuites.All.Select(row => row.Name)];
        if (axis == Axis.Group) return [.. KeyExchangeGroups.All.Select(group => group.Name)];
        if (axis == Axis.Certificate) return [.. CertificateProfile.All.Select(profile => profile.Name)];
        if (axis == Axis.Quirk) return [.. AllQuirks.All.Select(quirk => quirk.Name)];
        if (axis == Axis.Scenario)
            return [.. catalogue.Endpoints.SelectMany(offer => offer.ServerScenarios.Concat(offer.ClientScenarios))
                .Distinct().Order()];
        return [.. catalogue.Endpoints.SelectMany(offer => offer.References).Select(reference => reference.ToString())];
    }

    /// <summary>
    /// The IANA name of a suite that is named as IANA, OpenSSL or GnuTLS name it; null for any other word.
    /// </summary>
    public static string? SuiteName(string word) =>
        (CipherSuites.Find(word) ?? CipherSuites.FindOpenSsl(word) ?? CipherSuites.FindGnuTls(word))?.Name;

    private IReadOnlyList<string> Endpoints(
        string word, string role, Func<EndpointOffer, bool> hasRole, out string? problem)
    {
        var (name, version) = word.Split('@', 2) is [var before, var behind] ? (before, behind) : (word, null);
        var offer = catalogue.Endpoints.FirstOrDefault(known => known.Name == name);
        var able = catalogue.Endpoints.Where(hasRole).Select(known => known.Name);
        problem = offer switch
        {
            null => NearMatch.Unknown($"endpoint ({role})", name, able),
            _ when !hasRole(offer) => $"'{name}' cannot be a {role}; known: {string.Join(", ", able)}",
            { Versions.Count: 0 } when version is not null =>
                $"'{name}' has no versions to choose from: write '{name}'",
            { Versions.Count: > 0 } when version is null =>
                $"'{name}' has versions: write '{name}@*' for all or one of {string.Join(", ", Texts(offer))}",
            _ when version is not null and not "*" && !offer.Versions.Contains(version) =>
                NearMatch.Unknown($"version of '{name}'", version, offer.Versions),
            _ => null,
        };
        if (problem is not null) return [];
        return version is null or "*" ? [.. Texts(offer!)] : [word];
    }

    private static IEnumerable<string> Texts(EndpointOffer offer) =>
        offer.References.Select(reference => reference.ToString());
}

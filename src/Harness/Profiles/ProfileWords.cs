using System.Globalization;
using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Profiles;

/// <summary>Reads the field's names, or their code points (<c>0x1a1a</c>), out of a profile.</summary>
/// <param name="file">Where what is wrong is reported.</param>
internal sealed class ProfileWords(YamlFile file)
{
    /// <summary>A code point in hexadecimal, or null.</summary>
    public static ushort? Code(string word) =>
        word.StartsWith("0x", StringComparison.Ordinal)
        && ushort.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code)
            ? code
            : null;

    /// <summary>Suites in wire order, signalling values among them.</summary>
    public IReadOnlyList<CipherSuite> Suites(YamlValue? value) =>
    [
        .. All(value, "suite", word => Code(word) ?? CipherSuites.Find(word)?.Code,
            () => CipherSuites.All.Select(row => row.Name)).Select(code => new CipherSuite(code)),
    ];

    /// <summary>Names of groups.</summary>
    public IReadOnlyList<string> Groups(YamlValue? value)
    {
        // All of them are kept, by the names that they were given: which are wrong is reported.
        var names = new List<string>();
        _ = All(value, "group", word =>
        {
            names.Add(word);
            return Code(word) ?? NamedGroups.Find(word)?.Code;
        }, () => NamedGroups.All.Select(row => row.Name));
        return names;
    }

    /// <summary>Versions as in cell ids.</summary>
    public IReadOnlyList<ProtocolVersion> Versions(YamlValue? value) =>
        [.. All(value, "version", VersionCode, () => AxisVocabulary.Versions)
            .Select(code => new ProtocolVersion(code))];

    /// <summary>One version.</summary>
    public ProtocolVersion? Version(YamlValue? value) => Versions(value) is [var only] ? only : null;

    /// <summary>Extension types.</summary>
    public IReadOnlyList<ExtensionType> ExtensionTypes(YamlValue? value) =>
        [.. file.Words(value, "an extension or a list of them").Select(ExtensionTypeOf).OfType<ExtensionType>()];

    /// <summary>An extension type by its registered name or its code point; null if it is none.</summary>
    public ExtensionType? ExtensionTypeOf(YamlScalar word)
    {
        if ((Code(word.Text) is { } code ? new ExtensionType(code) : ExtensionType.Find(word.Text)) is { } type)
            return type;
        file.Report(word, NearMatch.Unknown("extension", word.Text, ExtensionType.AllNames));
        return null;
    }

    /// <summary>A code for each word, the wrong ones reported and left out.</summary>
    public IEnumerable<ushort> All(
        YamlValue? value, string what, Func<string, ushort?> find, Func<IEnumerable<string>> known)
    {
        var found = new List<ushort>();
        foreach (var word in file.Words(value, $"a {what} or a list of {what}s"))
        {
            if (find(word.Text) is { } code) found.Add(code);
            else file.Report(word, NearMatch.Unknown(what, word.Text, known()));
        }
        return found;
    }

    private static ushort? VersionCode(string word) =>
        Code(word) ?? (ProtocolVersion.TryParse(word, out var version) ? version.Code : null);
}

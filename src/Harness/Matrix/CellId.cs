using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Matrix;

/// <summary>
/// The text form of a cell:
/// <c>SERVER/CLIENT/SCENARIO/VERSION-SUITE[-GROUP][-CERTIFICATE][-QUIRK]</c>, or with <c>default</c> in place of
/// version, suite and group.
/// </summary>
/// <remarks>
/// An id is used as a path, so each of its four parts begins with a letter or digit and holds only letters, digits
/// and <c>@ . _ + -</c>. Group and certificate are recognised by their vocabularies, hence a quirk's name begins
/// with a word of neither; the default certificate is never written.
/// </remarks>
public static partial class CellId
{
    /// <summary>
    /// Longest id that is read: far above what any name here adds up to, below the path limit of file systems.
    /// </summary>
    public const int MaxLength = 400;

    /// <summary>Writes a cell's id.</summary>
    /// <exception cref="FormatException">The cell holds a name that could not be read back.</exception>
    public static string Format(Cell cell)
    {
        var id = new StringBuilder(96)
            .Append(cell.Server).Append('/').Append(cell.Client).Append('/').Append(cell.Scenario).Append('/')
            .Append(Axis.Version.Of(cell));
        if (cell.Suite is { } suite) id.Append('-').Append(suite);
        if (cell.Group is not null) id.Append('-').Append(cell.Group);
        if (cell.Certificate != CertificateProfile.Default) id.Append('-').Append(cell.Certificate);
        if (cell.Quirk is not null) id.Append('-').Append(cell.Quirk);
        return id.ToString();
    }

    /// <summary>Reads an id.</summary>
    /// <param name="text">The id.</param>
    /// <param name="cell">The cell, if the id is good.</param>
    /// <param name="problem">What was expected and what was found, if it is not.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out Cell? cell, [NotNullWhen(false)] out string? problem)
    {
        cell = null;
        problem = Read(text, ref cell);
        return cell is not null;
    }

    /// <summary>True if a scenario's name can stand in an id.</summary>
    public static bool IsWord(string name) => name.Length <= 64 && Word().IsMatch(name);

    private static string? Read(string text, ref Cell? cell)
    {
        if (text.Length > MaxLength) return $"an id has at most {MaxLength} characters, this one has {text.Length}";
        var parts = text.Split('/');
        if (parts.Length != 4)
            return "expected '<server>/<client>/<scenario>/<version>-<suite>...', "
                + $"found {parts.Length} parts between '/'";
        if (!EndpointReference.TryParse(parts[0], out var server)) return $"'{parts[0]}' is no endpoint (server)";
        if (!EndpointReference.TryParse(parts[1], out var client)) return $"'{parts[1]}' is no endpoint (client)";
        if (!IsWord(parts[2])) return $"'{parts[2]}' is no scenario";

        ProtocolVersion? version = null;
        CipherSuite? suite = null;
        if (ReadTerms(parts[3], ref version, ref suite, out var rest) is { } wrong) return wrong;
        var group = suite is not null && rest is not null ? KeyExchangeGroups.Find(rest.Split('-')[0])?.Name : null;
        if (group is not null) rest = Behind(rest!, group);
        var certificate = rest is null ? null : LeadingCertificate(rest);
        if (certificate is not null) rest = Behind(rest!, certificate);
        if (certificate == CertificateProfile.Default)
            return $"the default certificate '{certificate}' is left out of an id";
        if (rest is not null && AllQuirks.Find(rest) is null) return $"'{rest}' is no group, certificate or quirk";

        cell = new Cell(
            server, client, parts[2], version, suite, group,
            certificate ?? CertificateProfile.Default, rest);
        return null;
    }

    private static string? ReadTerms(
        string text, ref ProtocolVersion? version, ref CipherSuite? suite, out string? rest)
    {
        var words = text.Split('-', 3);
        if (words[0] == Cell.OwnDefaults)
        {
            rest = Behind(text, Cell.OwnDefaults);
            return null;
        }
        rest = words.Length == 3 ? words[2] : null;
        if (words.Length < 2) return $"expected '<version>-<suite>' or '{Cell.OwnDefaults}', found '{text}'";
        if (!ProtocolVersion.TryParse(words[0], out var known))
            return NearMatch.Unknown("version", words[0], AxisVocabulary.Versions);
        if (CipherSuites.Find(words[1]) is not { } row || row.Name != words[1])
            return NearMatch.Unknown("suite", words[1], CipherSuites.All.Select(other => other.Name));
        (version, suite) = (known, new CipherSuite(row.Code));
        return null;
    }

    // Certificate names hold '-' themselves: the longest name that ends at a '-' or at the end is meant.
    private static string? LeadingCertificate(string rest) => CertificateProfile.All
        .Select(profile => profile.Name)
        .Where(name => rest == name || rest.StartsWith(name + "-", StringComparison.Ordinal))
        .MaxBy(name => name.Length);

    private static string? Behind(string rest, string taken) =>
        rest.Length == taken.Length ? null : rest[(taken.Length + 1)..];

    [GeneratedRegex(@"\A[a-z0-9]+([._-][a-z0-9]+)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Word();
}

using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace TlsInterop.Harness.Matrix;

/// <summary>
/// An endpoint as cell ids and matrices name it: <c>gnutls@bookworm</c>, or <c>sslstream</c> which has no version axis.
/// </summary>
/// <param name="Name">Name of the endpoint's folder, or of an in-process endpoint.</param>
/// <param name="Version">One of the versions that the endpoint offers, or null if it offers none to choose
/// from.</param>
public sealed partial record EndpointReference(string Name, string? Version = null) : IComparable<EndpointReference>
{
    /// <summary>Reads the text form; false if it holds a character that may not stand in a path.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out EndpointReference? reference)
    {
        var match = text.Length <= 100 ? TextForm().Match(text) : Match.Empty;
        reference = match.Success
            ? new EndpointReference(
                match.Groups["name"].Value, match.Groups["version"] is { Success: true } version ? version.Value : null)
            : null;
        return reference is not null;
    }

    public int CompareTo(EndpointReference? other)
    {
        if (other is null) return 1;
        var byName = string.CompareOrdinal(Name, other.Name);
        return byName != 0 ? byName : string.CompareOrdinal(Version, other.Version);
    }

    public static bool operator <(EndpointReference left, EndpointReference right) => left.CompareTo(right) < 0;
    public static bool operator >(EndpointReference left, EndpointReference right) => left.CompareTo(right) > 0;
    public static bool operator <=(EndpointReference left, EndpointReference right) => left.CompareTo(right) <= 0;
    public static bool operator >=(EndpointReference left, EndpointReference right) => left.CompareTo(right) >= 0;

    public override string ToString() => Version is null ? Name : $"{Name}@{Version}";

    [GeneratedRegex(@"\A(?<name>[a-z0-9][a-z0-9._-]*)(@(?<version>[a-z0-9][a-z0-9._+-]*))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex TextForm();
}

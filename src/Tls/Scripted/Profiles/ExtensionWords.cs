using System.Text;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Scripted.Keys;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>
/// The words of an extension that was sent: what <see cref="ExtensionMakers"/> makes the same octets of again.
/// </summary>
internal static class ExtensionWords
{
    private static readonly Dictionary<ExtensionType, Func<ExtensionBody, IEnumerable<string>?>> Rows = new()
    {
        [ExtensionType.SupportedGroups] = body => (body as SupportedGroupsExtension)?.Groups.Select(Group),
        [ExtensionType.EcPointFormats] = body =>
            (body as EcPointFormatsExtension)?.Formats.Select(format => format.ToString()),
        [ExtensionType.SignatureAlgorithms] = body =>
            (body as SignatureAlgorithmsExtension)?.Schemes.Select(Scheme),
        [ExtensionType.ApplicationLayerProtocolNegotiation] = body =>
            (body as AlpnExtension)?.Protocols.Select(name => Encoding.ASCII.GetString(name.Span)),
        [ExtensionType.SupportedVersions] = body => (body as SupportedVersionsExtension)?.Versions.Select(Version),
        [ExtensionType.PskKeyExchangeModes] = body => body is PskKeyExchangeModesExtension { Modes: not [{ Code: 1 }] }
            modes ? modes.Modes.Select(mode => mode.ToString()) : [],
        [ExtensionType.Padding] = body => body is PaddingExtension padding ? [$"{padding.Length}"] : null,
        [ExtensionType.KeyShare] = body => (body as KeyShareExtension)?.Entries.Select(Share),
    };

    /// <summary>The shape of an extension of a hello.</summary>
    public static ExtensionShape Of(Extension extension, string? serverName)
    {
        if (!ExtensionMakers.HasWords(extension.Type))
            return new(extension.Type, extension.Data.IsEmpty ? [] : [Convert.ToHexStringLower(extension.Data.Span)]);
        var words = Rows.TryGetValue(extension.Type, out var row) ? row(extension.Body) : [];
        var shape = new ExtensionShape(extension.Type, [.. words ?? []]);
        return words is not null && IsSaidBy(shape, extension, serverName)
            ? shape
            : shape with { Words = [ExtensionMakers.Hex + Convert.ToHexStringLower(extension.Data.Span)] };
    }

    /// <summary>A group in words.</summary>
    public static string Group(NamedGroup group) => group.Info?.Name ?? $"0x{group.Code:x4}";

    /// <summary>A signature scheme in words.</summary>
    public static string Scheme(SignatureScheme scheme) =>
        SignatureSchemes.Find(scheme.Code)?.Name ?? $"0x{scheme.Code:x4}";

    /// <summary>A version in words.</summary>
    public static string Version(ProtocolVersion version) =>
        ProtocolVersion.Known.Contains(version) ? version.Id : $"0x{version.Code:x4}";

    // A key of our own has to be as long as the one that was sent.
    private static string Share(KeyShareEntry entry)
    {
        var isMadeAnew = Grease.Is(entry.Group.Code)
            ? entry.KeyExchange.Span is [0]
            : KeyAgreement.Covers(entry.Group) && entry.KeyExchange.Length == entry.Group.Info!.ClientShareLength;
        return isMadeAnew
            ? Group(entry.Group)
            : $"{Group(entry.Group)}:{Convert.ToHexStringLower(entry.KeyExchange.Span)}";
    }

    private static bool IsSaidBy(ExtensionShape shape, Extension extension, string? serverName)
    {
        var shares = (extension.Body as KeyShareExtension)?.Entries ?? [];
        var occasion = new HelloOccasion(
            serverName, group => shares.FirstOrDefault(share => share.Group == group).KeyExchange.ToArray())
        {
            Ticket = extension.Data,
        };
        try
        {
            return ExtensionMakers.Make(shape, occasion) is { } made
                && made.Data.Span.SequenceEqual(extension.Data.Span);
        }
        catch (FormatException)
        {
            return false; // a code point without a name, where words need one
        }
    }
}

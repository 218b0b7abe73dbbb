using System.Net;
using System.Security.Cryptography;
using System.Text;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Predictions;

/// <summary>A ClientHello that asks a server for its choice among some of a kind.</summary>
/// <param name="Version">The only version that is offered.</param>
/// <param name="ServerName">server_name, in ASCII; an address is not sent.</param>
internal sealed record ProbeHello(ProtocolVersion Version, string ServerName)
{
    /// <summary>Code points of cipher_suites, in order.</summary>
    public required IReadOnlyList<ushort> Suites { get; init; }

    /// <summary>Code points of supported_groups, in order.</summary>
    public required IReadOnlyList<ushort> Groups { get; init; }

    /// <summary>Code points of signature_algorithms, in order.</summary>
    public required IReadOnlyList<ushort> Schemes { get; init; }

    /// <summary>
    /// The groups with a key share; without one the server has to name the group that it wants (RFC 8446, Section
    /// 4.2.8).
    /// </summary>
    public IReadOnlyList<ushort> Shares { get; init; } = [];

    /// <summary>It in one record.</summary>
    public byte[] ToRecord()
    {
        var hello = new ClientHello(
            Version.IsTls13 ? ProtocolVersion.Tls12 : Version,
            RandomNumberGenerator.GetBytes(32),
            Version.IsTls13 ? RandomNumberGenerator.GetBytes(32) : default,
            [.. Suites.Select(code => new CipherSuite(code))],
            [CompressionMethod.Null],
            ExtensionList.Of(Extensions().Select(item => Extension.Of(
                item.Type, item.Body, ExtensionPlace.ClientHello))));
        var record = new WireWriter();
        record.U8(ContentType.Handshake.Code);
        record.U16(ProtocolVersion.Tls10.Code); // RFC 8446, Section 5.1: older servers want it
        record.Vector16(HandshakeMessage.Of(HandshakeType.ClientHello, hello, default).Bytes.Span, "fragment");
        return record.ToArray();
    }

    private IEnumerable<(ExtensionType Type, ExtensionBody Body)> Extensions()
    {
        // RFC 6066, Section 3: an address is no name.
        if (!IPAddress.TryParse(ServerName, out _))
            yield return (
                ExtensionType.ServerName, new ServerNameExtension([new(0, Encoding.ASCII.GetBytes(ServerName))]));
        yield return (ExtensionType.SupportedGroups,
            new SupportedGroupsExtension([.. Groups.Select(code => new NamedGroup(code))]));
        if (Version >= ProtocolVersion.Tls12)
            yield return (ExtensionType.SignatureAlgorithms,
                new SignatureAlgorithmsExtension([.. Schemes.Select(code => new SignatureScheme(code))]));
        if (Version.IsTls13)
        {
            yield return (ExtensionType.SupportedVersions, new SupportedVersionsExtension([Version]));
            yield return (ExtensionType.KeyShare, new KeyShareExtension(
                [.. Shares.Select(code => new KeyShareEntry(new NamedGroup(code), ProbeShares.Of(code)))],
                SelectedGroup: null));
        }
        else
        {
            yield return (ExtensionType.EcPointFormats, new EcPointFormatsExtension([default]));
            yield return (ExtensionType.RenegotiationInfo, new RenegotiationInfoExtension(default));
            yield return (ExtensionType.ExtendedMasterSecret, new EmptyExtension());
            yield return (ExtensionType.EncryptThenMac, new EmptyExtension());
        }
    }
}

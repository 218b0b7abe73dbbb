using FsCheck;
using FsCheck.Fluent;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.RoundTrip;

/// <summary>Arbitrary well-formed extensions of each message.</summary>
internal static class ArbitraryExtensions
{
    private static readonly ExtensionPlace[] Hellos = [ExtensionPlace.ClientHello, ExtensionPlace.ServerHello];

    private static readonly ExtensionPlace[] Client = [ExtensionPlace.ClientHello];

    private static readonly Gen<ReadOnlyMemory<byte>> Name = Arbitrary.Octets(min: 1);

    private static readonly Gen<SignatureScheme[]> Schemes = Arbitrary.List(Arbitrary.SignatureScheme, min: 1);

    private static readonly Row[] Rows =
    [
        new(ExtensionType.ServerName, Client,
            from names in Arbitrary.List(
                Arbitrary.U8.Zip(Name, (type, name) => new ServerNameEntry(type, name)), min: 1)
            select (ExtensionBody)new ServerNameExtension(names)),
        new(ExtensionType.MaxFragmentLength, Hellos,
            from code in Arbitrary.U8
            select (ExtensionBody)new MaxFragmentLengthExtension(new(code))),
        new(ExtensionType.StatusRequest, [ExtensionPlace.Certificate],
            from type in Arbitrary.U8
            from response in Name
            select (ExtensionBody)new StatusRequestExtension(new(type), Request: default, response)),
        new(ExtensionType.SupportedGroups, Client,
            from groups in Arbitrary.List(Arbitrary.NamedGroup, min: 1)
            select (ExtensionBody)new SupportedGroupsExtension(groups)),
        new(ExtensionType.EcPointFormats, Hellos,
            from formats in Arbitrary.List(Arbitrary.U8, min: 1)
            select (ExtensionBody)new EcPointFormatsExtension([.. formats.Select(code => new EcPointFormat(code))])),
        new(ExtensionType.SignatureAlgorithms, [ExtensionPlace.ClientHello, ExtensionPlace.CertificateRequest],
            Schemes.Select(schemes => (ExtensionBody)new SignatureAlgorithmsExtension(schemes))),
        new(ExtensionType.SignatureAlgorithmsCert, [ExtensionPlace.ClientHello, ExtensionPlace.CertificateRequest],
            Schemes.Select(schemes => (ExtensionBody)new SignatureAlgorithmsCertExtension(schemes))),
        new(ExtensionType.ApplicationLayerProtocolNegotiation, [.. Hellos, ExtensionPlace.EncryptedExtensions],
            from protocols in Arbitrary.List(Name, min: 1)
            select (ExtensionBody)new AlpnExtension(protocols)),
        new(ExtensionType.SignedCertificateTimestamp, [ExtensionPlace.ServerHello, ExtensionPlace.Certificate],
            from timestamps in Arbitrary.List(Timestamp(), min: 1)
            select (ExtensionBody)new SignedCertificateTimestampExtension(timestamps)),
        new(ExtensionType.Padding, Client,
            from length in Gen.Choose(0, 600)
            select (ExtensionBody)new PaddingExtension(length)),
        new(ExtensionType.ExtendedMasterSecret, Hellos, Gen.Constant((ExtensionBody)new EmptyExtension())),
        new(ExtensionType.CompressCertificate, [ExtensionPlace.ClientHello, ExtensionPlace.CertificateRequest],
            from codes in Arbitrary.List(Arbitrary.U16, min: 1)
            select (ExtensionBody)new CompressCertificateExtension(
                [.. codes.Select(code => new CertificateCompressionAlgorithm(code))])),
        new(ExtensionType.RecordSizeLimit, [ExtensionPlace.ClientHello, ExtensionPlace.EncryptedExtensions],
            from limit in Arbitrary.U16
            select (ExtensionBody)new RecordSizeLimitExtension(limit)),
        new(ExtensionType.SessionTicket, Hellos,
            from ticket in Arbitrary.Octets(max: 300)
            select (ExtensionBody)new SessionTicketExtension(ticket)),
        new(ExtensionType.EarlyData, [ExtensionPlace.NewSessionTicket],
            from size in Arbitrary.U32
            select (ExtensionBody)new EarlyDataExtension(size)),
        new(ExtensionType.SupportedVersions, Client,
            from versions in Arbitrary.List(Arbitrary.ProtocolVersion, min: 1)
            select (ExtensionBody)new SupportedVersionsExtension(versions)),
        new(ExtensionType.SupportedVersions, [ExtensionPlace.ServerHello, ExtensionPlace.HelloRetryRequest],
            from version in Arbitrary.ProtocolVersion
            select (ExtensionBody)new SupportedVersionsExtension([version])),
        new(ExtensionType.Cookie, [ExtensionPlace.ClientHello, ExtensionPlace.HelloRetryRequest],
            Name.Select(cookie => (ExtensionBody)new CookieExtension(cookie))),
        new(ExtensionType.PskKeyExchangeModes, Client,
            from modes in Arbitrary.List(Arbitrary.U8, min: 1)
            select (ExtensionBody)new PskKeyExchangeModesExtension(
                [.. modes.Select(code => new PskKeyExchangeMode(code))])),
        new(ExtensionType.CertificateAuthorities, [ExtensionPlace.ClientHello, ExtensionPlace.CertificateRequest],
            from names in Arbitrary.List(Name, min: 1)
            select (ExtensionBody)new CertificateAuthoritiesExtension(names)),
        new(ExtensionType.KeyShare, Client,
            from entries in Arbitrary.List(KeyShare())
            select (ExtensionBody)new KeyShareExtension(entries, SelectedGroup: null)),
        new(ExtensionType.KeyShare, [ExtensionPlace.ServerHello],
            KeyShare().Select(entry => (ExtensionBody)new KeyShareExtension([entry], SelectedGroup: null))),
        new(ExtensionType.KeyShare, [ExtensionPlace.HelloRetryRequest],
            Arbitrary.NamedGroup.Select(group => (ExtensionBody)new KeyShareExtension([], group))),
        new(ExtensionType.RenegotiationInfo, Hellos,
            Arbitrary.Octets().Select(data => (ExtensionBody)new RenegotiationInfoExtension(data))),
        new(new ExtensionType(0x7777), Enum.GetValues<ExtensionPlace>(),
            Arbitrary.Octets().Select(data => (ExtensionBody)new UnknownExtensionBody(data))),
        new(ExtensionType.PreSharedKey, [ExtensionPlace.ServerHello],
            Arbitrary.U16.Select(selected => (ExtensionBody)new PreSharedKeyExtension([], [], selected))),
        new(ExtensionType.PreSharedKey, Client,
            from identities in Arbitrary.List(
                Name.Zip(Arbitrary.U32, (identity, age) => new PskIdentity(identity, age)), min: 1)
            from binders in Arbitrary.List(Arbitrary.Octets(min: 32, max: 64), min: 1)
            select (ExtensionBody)new PreSharedKeyExtension(identities, binders, SelectedIdentity: null)),
    ];

    /// <summary>Some of the extensions that may stand there, each once, in any order.</summary>
    public static Gen<ExtensionList> List(ExtensionPlace place)
    {
        var rows = Rows.Where(row => row.Places.Contains(place)).ToArray();
        return
            from chosen in Gen.SubListOf(rows)
            from shuffled in Gen.Shuffle<Row>(chosen)
            from bodies in Gen.CollectToArray(shuffled, row => row.Body)
            select ExtensionList.Of(shuffled.Zip(bodies, (row, body) => Extension.Of(row.Type, body, place)));
    }

    /// <summary>The list of a hello up to TLS 1.2, which may be missing.</summary>
    public static Gen<ExtensionList> OptionalList(ExtensionPlace place) =>
        Gen.Frequency((1, Gen.Constant(ExtensionList.Absent)), (9, List(place)));

    private static Gen<KeyShareEntry> KeyShare() =>
        Arbitrary.NamedGroup.Zip(Arbitrary.Octets(min: 1, max: 1300), (group, key) => new KeyShareEntry(group, key));

    // RFC 6962, Section 3.2
    private static Gen<SignedCertificateTimestamp> Timestamp() =>
        from log in Arbitrary.Octets(min: 32, max: 32)
        from high in Arbitrary.U32
        from low in Arbitrary.U32
        from extensions in Arbitrary.Octets()
        from scheme in Arbitrary.SignatureScheme
        from signature in Arbitrary.Octets(max: 80)
        select WithOctets(new(
            Version: 0, log, (ulong)high << 32 | low, extensions, scheme, signature, Serialized: default));

    private static SignedCertificateTimestamp WithOctets(SignedCertificateTimestamp timestamp)
    {
        var writer = new WireWriter();
        timestamp.Write(writer);
        return timestamp with { Serialized = writer.ToArray() };
    }

    private sealed record Row(ExtensionType Type, ExtensionPlace[] Places, Gen<ExtensionBody> Body);
}

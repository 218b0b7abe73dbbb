using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Hellos;

internal static class NegotiationCases
{
    private const string Tls10 = "tls1.0-RSA_WITH_AES_128_CBC_SHA";
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string Tls13 = "tls1.3-AES_128_GCM_SHA256";

    public static readonly RuleCase[] Rows =
    [
        Loud("version-not-offered", "supported_versions names another", () => Offer(Tls13, offer => offer with
        {
            ExtensionList = Replaced(offer, ExtensionType.SupportedVersions, 2, 3, 3),
        })),
        Quiet("version-not-offered", "a recorded session", () => SessionEvidence.Of(Tls13)),
        Loud("old-version-not-offered", "TLS 1.0 for TLS 1.3 alone", () => Offer(Tls10, offer => offer with
        {
            LegacyVersion = ProtocolVersion.Tls12,
            ExtensionList = ExtensionList.Of([.. offer.ExtensionList, Extension.Of(
                ExtensionType.SupportedVersions, new SupportedVersionsExtension([ProtocolVersion.Tls13]),
                ExtensionPlace.ClientHello)]),
        })),
        Quiet("old-version-not-offered", "a recorded session", () => SessionEvidence.Of(Tls10)),
        Loud("suite-not-offered", "another suite", () =>
            Offer(Tls12, offer => offer with { CipherSuites = [new CipherSuite(0x1305)] })),
        Quiet("suite-not-offered", "a recorded session", () => SessionEvidence.Of(Tls12)),
        Loud("suite-not-of-version", "an AEAD in TLS 1.0", () => SessionEvidence.With(Tls10, item =>
            item.Message.Body is ServerHello hello ? hello with { CipherSuite = new CipherSuite(0x009c) } : null)),
        Quiet("suite-not-of-version", "a recorded session", () => SessionEvidence.Of(Tls10)),
        Loud("compression-not-offered", "another method", () =>
            Offer(Tls10, offer => offer with { CompressionMethods = [new CompressionMethod(1)] })),
        Quiet("compression-not-offered", "a recorded session", () => SessionEvidence.Of(Tls10)),
        Loud("group-not-offered", "another group", () => Offer(Tls12, offer => offer with
        {
            ExtensionList = Replaced(offer, ExtensionType.SupportedGroups, 0, 2, 1, 0),
        })),
        Quiet("group-not-offered", "a recorded session", () => SessionEvidence.Of(Tls12)),
        Loud("signature-scheme-not-offered", "another scheme", () => Offer(Tls12, offer => offer with
        {
            ExtensionList = Replaced(offer, ExtensionType.SignatureAlgorithms, 0, 2, 8, 7),
        })),
        Quiet("signature-scheme-not-offered", "a recorded session", () => SessionEvidence.Of(Tls12)),
    ];

    private static Evidence Offer(string name, Func<ClientHello, ClientHello> change) =>
        SessionEvidence.With(name, item => item.Message.Body is ClientHello offer ? change(offer) : null);

    private static ExtensionList Replaced(ClientHello offer, ExtensionType type, params byte[] data) =>
        SessionEvidence.With(offer.ExtensionList, type, ExtensionPlace.ClientHello, data, replaces: true);
}

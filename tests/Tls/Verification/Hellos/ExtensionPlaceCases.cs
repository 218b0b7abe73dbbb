using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Hellos;

internal static class ExtensionPlaceCases
{
    private const string Rule = "extension-misplaced";

    public static readonly RuleCase[] Rows =
    [
        Loud(Rule, "key_share in EncryptedExtensions", () => Encrypted(Tls13, ExtensionType.KeyShare, 0, 29, 0, 1, 0)),
        Loud(Rule, "session_ticket in EncryptedExtensions", () => Encrypted(Tls13, ExtensionType.SessionTicket)),
        Loud(Rule, "server_name in ServerHello of TLS 1.3",
            () => Choice(Tls13, hello => hello.With(ExtensionType.ServerName))),
        Loud(Rule, "supported_versions in ServerHello of TLS 1.2",
            () => Choice(Tls12, hello => hello.With(ExtensionType.SupportedVersions, 3, 3))),
        Loud(Rule, "oid_filters in ClientHello", () => Offer(Tls13, hello => hello.With(new ExtensionType(48), 0, 0))),
        Quiet(Rule, "server_name in EncryptedExtensions", () => Encrypted(Tls13, ExtensionType.ServerName)),
        Quiet(Rule, "server_name in ServerHello of TLS 1.2",
            () => Choice(Tls12, hello => hello.With(ExtensionType.ServerName))),
        Quiet(Rule, "one of no registry", () => Encrypted(Tls13, new ExtensionType(0x7777))),
    ];
}

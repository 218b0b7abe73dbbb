using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Resumption;

internal static class PreSharedKeyCases
{
    public static readonly RuleCase[] Rows =
    [
        Loud("psk-out-of-range", "the second of one",
            () => Choice(Tls13Resumed, hello => hello.With(ExtensionType.PreSharedKey, 0, 1))),
        Quiet("psk-out-of-range", "the first of one", () => SessionEvidence.Of(Tls13Resumed)),

        Loud("psk-of-other-hash", "a key of SHA-256 with a suite of SHA-384",
            () => Choice(Tls13EarlyData, hello => hello with { CipherSuite = new CipherSuite(0x1302) })),
        Quiet("psk-of-other-hash", "another suite with the same hash",
            () => Choice(Tls13EarlyData, hello => hello with { CipherSuite = new CipherSuite(0x1303) })),

        Loud("psk-mode-not-offered", "no new key",
            () => Choice(Tls13Resumed, hello => hello.Without(ExtensionType.KeyShare))),
        Quiet("psk-mode-not-offered", "a new key", () => SessionEvidence.Of(Tls13Resumed)),
        Quiet("psk-mode-not-offered", "no new key, as offered", () => Both(Tls13Resumed,
            hello => hello.With(ExtensionType.PskKeyExchangeModes, 2, 1, 0),
            hello => hello.Without(ExtensionType.KeyShare))),

        Loud("ticket-lifetime", "seven days and a second", () => Ticket(Tls13, 604_801)),
        Quiet("ticket-lifetime", "seven days", () => Ticket(Tls13, 604_800)),
        Quiet("ticket-lifetime", "more in TLS 1.2", () => Ticket(Tls12, 604_801)),
    ];

    private static Evidence Ticket(string name, uint seconds) =>
        Nth<NewSessionTicket>(name, 0, ticket => ticket with { LifetimeSeconds = seconds });
}

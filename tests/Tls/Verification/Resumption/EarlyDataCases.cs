using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Resumption;

internal static class EarlyDataCases
{
    private const string Refused = "tls1.3-early-data-refused";

    public static readonly RuleCase[] Rows =
    [
        Loud("early-data-without-psk", "in a full handshake",
            () => Offer(Tls13, hello => hello.With(ExtensionType.EarlyData))),
        Quiet("early-data-without-psk", "with a key", () => SessionEvidence.Of(Tls13EarlyData)),

        Loud("early-data-accepted-without-first-psk", "the second key",
            () => Choice(Tls13EarlyData, hello => hello.With(ExtensionType.PreSharedKey, 0, 1))),
        Loud("early-data-accepted-without-first-psk", "no key",
            () => Choice(Tls13EarlyData, hello => hello.Without(ExtensionType.PreSharedKey))),
        Quiet("early-data-accepted-without-first-psk", "the first key", () => SessionEvidence.Of(Tls13EarlyData)),
        Quiet("early-data-accepted-without-first-psk", "refused", () => SessionEvidence.Of(Refused)),

        Loud("end-of-early-data-missing", "accepted",
            () => Without(Tls13EarlyData, Client, HandshakeType.EndOfEarlyData)),
        Quiet("end-of-early-data-missing", "accepted, and not captured",
            () => NotCaptured(Tls13EarlyData, Client, HandshakeType.EndOfEarlyData)),
        Quiet("end-of-early-data-missing", "refused", () => SessionEvidence.Of(Refused)),

        Loud("end-of-early-data-unasked", "refused", () => Nth<EncryptedExtensions>(
            Tls13EarlyData, 0, body => new(
                body.ExtensionList.Without(ExtensionPlace.EncryptedExtensions, ExtensionType.EarlyData)))),
        Quiet("end-of-early-data-unasked", "accepted", () => SessionEvidence.Of(Tls13EarlyData)),
    ];
}

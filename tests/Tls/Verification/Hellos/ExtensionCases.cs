using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Hellos;

internal static class ExtensionCases
{
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    public static readonly RuleCase[] Rows =
    [
        Loud("extension-not-asked", "one of no registry", () => Answered(new ExtensionType(0x7777))),
        Quiet("extension-not-asked", "a recorded session", () => SessionEvidence.Of(Tls12)),
        Loud("extension-twice", "once more", () => Answered(ExtensionType.ExtendedMasterSecret)),
        Quiet("extension-twice", "a recorded session", () => SessionEvidence.Of(Tls12)),
    ];

    private static Evidence Answered(ExtensionType type) => SessionEvidence.With(Tls12, item =>
        item.Message.Body is ServerHello hello
            ? hello with { ExtensionList =
                SessionEvidence.With(hello.ExtensionList, type, ExtensionPlace.ServerHello, []) }
            : null);
}

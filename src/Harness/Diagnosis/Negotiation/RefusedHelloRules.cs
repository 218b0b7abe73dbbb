using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Negotiation;

/// <summary>Hellos that a server refuses though both know a suite of them.</summary>
internal static class RefusedHelloRules
{
    // RFC 8446, Section 9.1
    private const ushort MandatorySuite = 0x1301;

    public static readonly DiagnosisRule[] Rows =
    [
        new("ffdhe-group-missing", "DHE alone is left, and the client names no group for it",
            "the key exchanges of the client's suites, supported_groups, the server's alert",
            "RFC 7919, Section 4; RFC 7919, Section 3",
            "A client that offers DHE names its ffdhe groups; a server that knows none of them may not choose DHE.",
            FiniteFieldGroup)
        {
            Server = "bring it up to date (GnuTLS before Exim 4.96 finds no suite then); or allow ECDHE",
            Client = "name ffdhe2048 in supported_groups, or offer ECDHE",
        },
        new("server-certificate-missing", "the server has no certificate that fits a hello which asks for nothing odd",
            "the client's offer, the server's alert", "RFC 5246, Section 7.4.2; RFC 8446, Section 4.4.2",
            "A server chooses a suite for which it has a certificate and its key.", NoCertificate)
        {
            Server = "see that it has a certificate and a key, and that it can read both",
        },
    ];

    /// <summary>True if the server said to the hello that it finds nothing in it that it may choose.</summary>
    internal static bool IsRefused(DiagnosisEvidence seen) =>
        seen.EndedAtHello && seen.EndedWith(Direction.ServerToClient, HandshakeFailure, InsufficientSecurity);

    /// <summary>True if suites leave finite fields alone for the key exchange, and their hello names none.</summary>
    internal static bool LacksFiniteFieldGroup(ClientHello hello, IReadOnlyList<CipherSuite> suites) =>
        suites.Count > 0 && suites.All(suite => suite.Info?.KeyExchange == KeyExchangeAlgorithm.Dhe)
            && !Offers.Groups(hello).Any(group => group.Info?.Kind == NamedGroupKind.FiniteField);

    /// <summary>True if every server of TLS 1.3 has a suite of this hello, which asks for no other version.</summary>
    internal static bool HasMandatorySuite(ClientHello hello) =>
        hello.OfferedVersions.All(version => version.IsTls13 || Grease.Is(version.Code))
        && hello.CipherSuites.Any(suite => suite.Code == MandatorySuite);

    private static Suspicion? FiniteFieldGroup(DiagnosisEvidence seen) =>
        IsRefused(seen) && seen.Context.Foretold is null && seen.Offer is { } hello
            && LacksFiniteFieldGroup(hello, Offers.Choosable(seen))
            ? new("DHE alone is left for the key exchange, and the client names no ffdhe group: servers that "
                + "choose their group by that list, as those with GnuTLS do, find no suite", 86,
                (Offers.IsServerSuiteAmong(seen)
                    ? "the server takes a DHE suite alone, and supported_groups "
                    : "all suites of the hello are DHE ones, and supported_groups ")
                + (Offers.Groups(hello).Count == 0 ? "is missing" : "lists none of finite fields"),
                [seen.Ending.InWords, .. Offers.Evidence(seen)])
            : null;

    private static Suspicion? NoCertificate(DiagnosisEvidence seen) =>
        IsRefused(seen) && seen.Context.Foretold is null && seen.Offer is { } hello && Offers.IsBroad(hello)
            ? new("the hello offers what nearly every server takes, and this one takes nothing of it: it may have no "
                + "certificate, or can't read its key", 46, "suites, groups and signature schemes of every kind are "
                + "offered; a server that is strict about them is left",
                [seen.Ending.InWords, .. Offers.Evidence(seen)])
            : null;
}

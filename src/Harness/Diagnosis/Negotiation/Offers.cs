using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Diagnosis.Negotiation;

/// <summary>What the client offers, in words.</summary>
internal static class Offers
{
    /// <summary>The versions, best first.</summary>
    public static string Versions(DiagnosisEvidence seen) =>
        Phrase.List(seen.Facts.OfferedVersions, version => version.Code);

    /// <summary>The suites, without the values that only signal something.</summary>
    public static IReadOnlyList<CipherSuite> Suites(ClientHello hello) =>
        [.. hello.CipherSuites.Where(suite => !Grease.Is(suite.Code) && !suite.IsSignal)];

    /// <summary>The suites that the server may choose, as far as anybody knows.</summary>
    public static IReadOnlyList<CipherSuite> Choosable(DiagnosisEvidence seen) =>
        IsServerSuiteAmong(seen) ? [seen.Context.ServerSuite!.Value] : seen.Offer is { } hello ? Suites(hello) : [];

    /// <summary>True if the client offers the one suite that the server takes.</summary>
    public static bool IsServerSuiteAmong(DiagnosisEvidence seen) =>
        seen.Context.ServerSuite is { } only && seen.Offer?.CipherSuites.Contains(only) == true;

    /// <summary>The groups; none without supported_groups.</summary>
    public static IReadOnlyList<NamedGroup> Groups(ClientHello hello) =>
        [.. (hello.Extensions.Find<SupportedGroupsExtension>()?.Groups ?? [])
            .Where(group => !Grease.Is(group.Code))];

    /// <summary>The signature schemes; none without signature_algorithms.</summary>
    public static IReadOnlyList<SignatureScheme> Schemes(ClientHello hello) =>
        [.. (hello.Extensions.Find<SignatureAlgorithmsExtension>()?.Schemes ?? [])
            .Where(scheme => !Grease.Is(scheme.Code))];

    /// <summary>Lines of evidence: all of the offer.</summary>
    public static IEnumerable<string> Evidence(DiagnosisEvidence seen)
    {
        if (seen is not { Offer: { } hello, OfferEvent: { } at }) yield break;
        yield return $"frame {at.At.Number}, ClientHello: versions {Versions(seen)}; suites "
            + $"{Phrase.List(Suites(hello))}";
        yield return $"groups {Phrase.List(Groups(hello))}; signature schemes {Phrase.List(Schemes(hello))}";
    }

    /// <summary>True if a hello offers something to servers of every kind: usual suites, groups and schemes.</summary>
    public static bool IsBroad(ClientHello hello) =>
        Suites(hello).Any(suite => suite.Code is 0xc02b or 0xc02c) // for ECDSA keys
        && Suites(hello).Any(suite => suite.Code is 0xc02f or 0xc030) // for RSA keys
        && Groups(hello).Any(group => group.Code == 23)
        && Schemes(hello).Any(scheme => scheme.Code == 0x0403) && Schemes(hello).Any(scheme => scheme.Code == 0x0804);

    /// <summary>True if a hello holds a value of GREASE anywhere.</summary>
    public static bool HasGrease(ClientHello hello) =>
        hello.CipherSuites.Any(suite => Grease.Is(suite.Code))
        || hello.Extensions.Any(extension => Grease.Is(extension.Type.Code))
        || hello.OfferedVersions.Any(version => Grease.Is(version.Code))
        || (hello.Extensions.Find<SupportedGroupsExtension>()?.Groups ?? []).Any(group => Grease.Is(group.Code));

    /// <summary>True if it offers TLS 1.3.</summary>
    public static bool HasTls13(ClientHello hello) => hello.OfferedVersions.Any(version => version.IsTls13);
}

using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Matrix;

/// <summary>The endpoints that the committed matrices name, as their folders declare them.</summary>
internal sealed class CatalogueDouble(params string[] more) : IEndpointCatalogue
{
    private static readonly string[] Suites = ["bullseye", "bookworm", "trixie"];
    private static readonly string[] Mail = ["smtps", "starttls-smtp", "imaps", "starttls-imap"];

    /// <summary>What an endpoint lacks, by its version and a group.</summary>
    public Func<string?, string?, string?>? Lacks { get; init; }

    public string? Lack(EndpointReference endpoint, ProtocolVersion? version, CipherSuite? suite, string? group) =>
        Lacks?.Invoke(endpoint.Version, group);

    /// <summary>Which scenarios make sense in a version; null: all do.</summary>
    public Func<string, ProtocolVersion?, bool>? Fits { get; init; }

    public bool HasScenarioAt(string scenario, ProtocolVersion? version) => Fits?.Invoke(scenario, version) ?? true;

    public IReadOnlyList<Exclusion> Facts { get; init; } = [];

    public IReadOnlyList<EndpointOffer> Endpoints { get; } =
    [
        new("openssl", [.. Suites, .. more], ["echo"], ["echo", .. Mail]),
        new("gnutls", [.. Suites, .. more], ["echo"], ["echo", .. Mail]),
        new("exim", Suites, ["smtps", "starttls-smtp"], []),
        new("cyrus", Suites, ["imaps", "starttls-imap"], []),
        new("curl", Suites, [], Mail),
        new("sslstream", [], ["echo"], ["echo", .. Mail]),
        new("bouncycastle", [], ["echo"], ["echo", .. Mail]),
    ];
}

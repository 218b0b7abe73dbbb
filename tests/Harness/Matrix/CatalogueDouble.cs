using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Tests.Matrix;

/// <summary>The endpoints that the committed matrices name, as their folders declare them.</summary>
internal sealed class CatalogueDouble(params string[] more) : IEndpointCatalogue
{
    private static readonly string[] Suites = ["bullseye", "bookworm", "trixie"];
    private static readonly string[] Mail = ["smtps", "starttls-smtp", "imaps", "starttls-imap"];

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

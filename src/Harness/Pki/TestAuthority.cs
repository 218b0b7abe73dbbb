namespace TlsInterop.Harness.Pki;

/// <summary>An authority of the test PKI, as data.</summary>
/// <param name="Name">What profiles call it.</param>
/// <param name="CommonName">Its subject's common name.</param>
/// <param name="Issuer">Who certified it; null if it did so itself.</param>
/// <param name="Permitted">The only DNS name that it may issue for; null if it is free.</param>
public sealed record TestAuthority(string Name, string CommonName, string? Issuer = null, string? Permitted = null)
{
    /// <summary>What clients trust.</summary>
    public const string Root = "root";

    public const string Intermediate = "intermediate";

    /// <summary>Two below the root, so that a chain has an order.</summary>
    public const string Lower = "lower";

    public const string Constrained = "constrained";
    public const string ConstrainedElsewhere = "constrained-elsewhere";

    /// <summary>Below a root that nobody trusts.</summary>
    public const string Unknown = "unknown";

    private const string UnknownRoot = "unknown-root";

    public static readonly IReadOnlyList<TestAuthority> All =
    [
        new(Root, "TlsInterop test root"),
        new(Intermediate, "TlsInterop test intermediate", Root),
        new(Lower, "TlsInterop test lower intermediate", Intermediate),
        new(Constrained, "TlsInterop test constrained", Root, Permitted: "tlsinterop.test"),
        new(ConstrainedElsewhere, "TlsInterop test constrained elsewhere", Root, Permitted: "example.test"),
        new(UnknownRoot, "Unknown test root"),
        new(Unknown, "Unknown test intermediate", UnknownRoot),
    ];

    /// <summary>The authority of a name.</summary>
    public static TestAuthority Find(string name) => All.First(authority => authority.Name == name);
}

namespace TlsInterop.Tls.Wire;

/// <summary>Faults in the words of people; names of enumerations are for programs.</summary>
internal static class FaultWords
{
    // In the order of the enumerations.
    private static readonly string[] Kinds =
    [
        "cut short",
        "length out of range",
        "octets left over",
        "illegal value",
        "duplicate",
        "out of place",
        "octets missing",
        "no TLS",
        "limit exceeded",
        "not decryptable",
    ];

    private static readonly string[] Owners =
    [
        "the sender wrote it so",
        "the capture lacks the rest; the sender may be innocent",
        "the secrets or the limits of this decoder",
    ];

    public static string Of(WireFaultKind kind) => Kinds[(int)kind];

    public static string Of(FaultOwner owner) => Owners[(int)owner];
}

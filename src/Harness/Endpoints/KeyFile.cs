namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// Files with private keys in a run's folder: those of the test's certificates, and what daemons copied of them into
/// their slots.
/// </summary>
internal static class KeyFile
{
    /// <summary>True if a file of that name has a private key.</summary>
    public static bool IsOne(ReadOnlySpan<char> name) =>
        name.EndsWith(".key", StringComparison.Ordinal) || name is "key.pem";
}

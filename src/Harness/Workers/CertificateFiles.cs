namespace TlsInterop.Harness.Workers;

/// <summary>A certificate and its key, each a file.</summary>
/// <param name="Chain">The leaf and what goes with it, PEM.</param>
/// <param name="Key">The leaf's key, PKCS #8, PEM.</param>
internal sealed record CertificateFiles(string Chain, string Key);

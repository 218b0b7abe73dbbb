namespace TlsInterop.Harness.Workers;

/// <summary>A suite that a stack offers at a version.</summary>
/// <param name="Version">As in cell ids: <c>tls1.2</c>.</param>
/// <param name="Code">The code point in hexadecimal: <c>0xc02f</c>.</param>
public sealed record OfferedSuite(string Version, string Code);

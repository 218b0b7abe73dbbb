namespace TlsInterop.Tls.Secrets;

/// <summary>A part of a PEM file that could not be used.</summary>
/// <param name="Line">The line that it begins at, from 1.</param>
/// <param name="Reason">What is wrong with it and what helps, for a person.</param>
public readonly record struct PemFault(int Line, string Reason);

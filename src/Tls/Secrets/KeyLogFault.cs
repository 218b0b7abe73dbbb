namespace TlsInterop.Tls.Secrets;

/// <summary>A line of a key log that could not be used.</summary>
/// <param name="Line">Its number in the order of reading, from 1.</param>
/// <param name="Reason">What is wrong with it, for a person.</param>
public readonly record struct KeyLogFault(long Line, string Reason);

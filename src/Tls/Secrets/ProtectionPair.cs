namespace TlsInterop.Tls.Secrets;

/// <summary>The record protections of both directions that one change of keys begins.</summary>
/// <param name="Client">For records that the client sends.</param>
/// <param name="Server">For records that the server sends.</param>
public sealed record ProtectionPair(RecordProtection Client, RecordProtection Server);

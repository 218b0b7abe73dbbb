namespace TlsInterop.Harness.Reports;

/// <summary>What a server said of one cell, as far as its log lets that be told.</summary>
/// <param name="Text">The lines.</param>
/// <param name="Whose">Whose they are, in words.</param>
/// <param name="IsWhole">True if that is all of the log.</param>
public sealed record ServerLogPart(string Text, string Whose, bool IsWhole);

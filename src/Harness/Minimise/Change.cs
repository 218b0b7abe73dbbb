namespace TlsInterop.Harness.Minimise;

/// <summary>Another value in one dimension, both as numbers of a <see cref="Neighbourhood"/>.</summary>
public readonly record struct Change(int Dimension, int Value);

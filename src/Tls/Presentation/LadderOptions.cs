namespace TlsInterop.Tls.Presentation;

/// <summary>How a ladder is written.</summary>
/// <param name="Ink">Colours or none.</param>
/// <param name="Details">True to list every field and extension below its message.</param>
public readonly record struct LadderOptions(Ink Ink = default, bool Details = false);

namespace TlsInterop.Tls.Presentation;

/// <summary>How a ladder is written.</summary>
/// <param name="Ink">Colours or none.</param>
/// <param name="Details">True to list every field and extension below its message.</param>
/// <param name="Width">Characters of the longest line; 0 for <see cref="UsualWidth"/>.</param>
public readonly record struct LadderOptions(Ink Ink = default, bool Details = false, int Width = 0)
{
    /// <summary>What fits into most windows and mails.</summary>
    public const int UsualWidth = 118;
}

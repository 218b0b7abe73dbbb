namespace TlsInterop.Harness.Minimise;

/// <summary>A point that was run.</summary>
/// <param name="Point">The point.</param>
/// <param name="Answer">What it came to.</param>
public sealed record Trial(Point Point, Answer Answer)
{
    public TrialOutcome Outcome => Answer.Outcome;
}

namespace TlsInterop.Harness.Predictions;

/// <summary>One thing in which the wire is not as it was foretold.</summary>
/// <param name="What">The thing.</param>
/// <param name="Predicted">What was foretold.</param>
/// <param name="Got">What the wire shows.</param>
/// <param name="Source">Where the rule is written.</param>
public sealed record Difference(string What, string Predicted, string Got, string Source)
{
    public override string ToString() => $"{What}: predicted {Predicted}, got {Got} ({Source})";
}

using TlsInterop.Harness.Diagnosis;

namespace TlsInterop.Harness.Tests.Diagnosis;

/// <summary>A connection that a rule suspects, or one like it that it must not.</summary>
/// <param name="Rule">Id of the rule.</param>
/// <param name="Name">What it shows, in a few words.</param>
/// <param name="Place">Where the rule must speak.</param>
/// <param name="Explain">Explains the connection.</param>
public sealed record DiagnosisCase(string Rule, string Name, DiagnosisPlace Place, Func<DiagnosisResult> Explain)
{
    /// <summary>It is the likeliest cause, or it is told as its kind is.</summary>
    public static DiagnosisCase First(string rule, string name, Func<DiagnosisResult> explain) =>
        new(rule, name, DiagnosisPlace.First, explain);

    /// <summary>It is among the causes.</summary>
    public static DiagnosisCase Among(string rule, string name, Func<DiagnosisResult> explain) =>
        new(rule, name, DiagnosisPlace.Among, explain);

    /// <summary>A near miss: it says nothing.</summary>
    public static DiagnosisCase Quiet(string rule, string name, Func<DiagnosisResult> explain) =>
        new(rule, name, DiagnosisPlace.Nowhere, explain);

    public override string ToString() => $"{Rule} {Place.ToString().ToLowerInvariant()}: {Name}";
}

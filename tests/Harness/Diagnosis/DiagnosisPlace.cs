namespace TlsInterop.Harness.Tests.Diagnosis;

/// <summary>Where a rule must speak.</summary>
public enum DiagnosisPlace { First, Among, Nowhere }

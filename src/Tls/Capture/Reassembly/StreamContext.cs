namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>What all streams of a reassembly share.</summary>
internal sealed record StreamContext(ReassemblyLimits Limits, ReassemblyCounters Counters, AnomalyHandler? OnAnomaly);

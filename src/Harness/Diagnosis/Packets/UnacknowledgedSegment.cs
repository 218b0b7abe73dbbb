namespace TlsInterop.Harness.Diagnosis.Packets;

/// <summary>The first octets of an end that the other one has not acknowledged.</summary>
/// <param name="Octets">Octets of the longest segment that held them; 0 if all are acknowledged.</param>
/// <param name="Times">How often they were sent.</param>
/// <param name="Frame">The first frame that holds them.</param>
public readonly record struct UnacknowledgedSegment(int Octets, int Times, long Frame);

using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Verification;

/// <summary>A protected record in the order of the wire.</summary>
/// <param name="From">Its sender.</param>
/// <param name="Opened">What came of opening it; null if there were no secrets to try.</param>
/// <param name="Frame">Frame of the capture that completed it, from 1; 0 if not known.</param>
public sealed record ProtectedRecord(Direction From, OpenedRecord? Opened, long Frame);

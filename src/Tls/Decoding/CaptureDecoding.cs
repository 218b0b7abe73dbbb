using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Decoding;

/// <summary>What came of a capture as a whole.</summary>
/// <param name="File">The file: format, frames, what is wrong with it.</param>
/// <param name="Reassembly">The frames and segments.</param>
/// <param name="KeyLog">All secrets, those inside of the capture as well.</param>
/// <param name="Connections">Connections that were given out.</param>
public sealed record CaptureDecoding(
    CaptureFileSummary File, ReassemblyCounters Reassembly, KeyLog KeyLog, long Connections);

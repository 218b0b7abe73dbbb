using TlsInterop.Tls.Capture.Live;

namespace TlsInterop.Tls.Tests.Capture.Live;

public sealed partial record CaptureChoice
{
    static partial void Add(List<CaptureChoice> all) => all.Add(new("SharpPcap", SharpPcapCapture.Open));
}

using TlsInterop.Tls.Capture.Live;

namespace TlsInterop.Tls.Tests.Capture.Live;

/// <summary>An implementation of live capture on this machine's interfaces.</summary>
/// <param name="Name">What it stands on.</param>
/// <param name="Open">Opens an interface.</param>
public sealed partial record CaptureChoice(string Name, Func<LiveCaptureOptions, ILiveCapture> Open)
{
    /// <summary>Each that this build has.</summary>
    public static IEnumerable<CaptureChoice> All
    {
        get
        {
            List<CaptureChoice> all = [new("libpcap", LibpcapCapture.Open)];
            Add(all);
            return all;
        }
    }

    public override string ToString() => Name;

    static partial void Add(List<CaptureChoice> all);
}

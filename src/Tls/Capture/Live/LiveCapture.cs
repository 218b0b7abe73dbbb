namespace TlsInterop.Tls.Capture.Live;

/// <summary>Opens the interfaces of this machine.</summary>
public static partial class LiveCapture
{
    /// <summary>Opens an interface: from now on the kernel gathers its frames.</summary>
    /// <exception cref="CaptureException">No library, no permission, no such interface, a wrong filter.</exception>
    public static ILiveCapture Open(LiveCaptureOptions options)
    {
        ILiveCapture? capture = null;
        Substitute(options, ref capture);
        return capture ?? LibpcapCapture.Open(options);
    }

    /// <summary>Where a package does the same, its adapter has the body of this.</summary>
    static partial void Substitute(LiveCaptureOptions options, ref ILiveCapture? capture);
}

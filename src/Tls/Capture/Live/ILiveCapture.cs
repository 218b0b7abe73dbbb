namespace TlsInterop.Tls.Capture.Live;

/// <summary>Frames of a network as they pass: the one seam between the harness and a capture library.</summary>
/// <remarks>An instance is open from its birth, runs once, and is stopped by disposing it.</remarks>
public interface ILiveCapture : IAsyncDisposable
{
    /// <summary>Where the frames come from, for messages: an interface name, or what a stream stands for.</summary>
    string Source { get; }

    /// <summary>Begins to deliver frames on the capture's own thread. To be called once.</summary>
    /// <param name="handler">
    /// Called for each frame in order; it must be quick. If it throws, the capture ends and <see cref="Completion"/>
    /// holds the exception.
    /// </param>
    void Start(FrameHandler handler);

    /// <summary>
    /// Completes when every frame that passes from now on will be seen. Nothing should be sent before.
    /// </summary>
    Task Ready { get; }

    /// <summary>
    /// Completes when the capture was stopped or its source ended; faulted with a <see cref="CaptureException"/> if it
    /// broke.
    /// </summary>
    Task Completion { get; }

    /// <summary>The counters of this moment; after the end, the last ones.</summary>
    CaptureCounters ReadCounters();
}

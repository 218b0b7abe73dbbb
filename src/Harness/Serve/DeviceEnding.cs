namespace TlsInterop.Harness.Serve;

/// <summary>How the search for what a device can't do ended. The worst is the zero value.</summary>
public enum DeviceEnding
{
    /// <summary>It was stopped, or goes on.</summary>
    Stopped,

    /// <summary>The device was asked as often as it may be, and there is more to ask.</summary>
    Exhausted,

    /// <summary>All that can be told apart has been.</summary>
    Answered,
}

namespace TlsInterop.Tls.Capture.Live;

/// <summary>Why a live capture is impossible or came to an end.</summary>
public enum CaptureFailure
{
    Other,
    LibraryMissing,
    NoPermission,
    NoSuchInterface,
    InterfaceDown,
    BadFilter,
    SourceBroken,
    StopTimedOut,
}

/// <summary>A live capture that cannot be opened or broke off: the cause and what to do about it.</summary>
public sealed class CaptureException : Exception
{
    private CaptureException(CaptureFailure failure, string cause, string remedy, Exception? inner = null)
        : base($"{cause} {remedy}".TrimEnd(), inner)
    {
        Failure = failure;
        Remedy = remedy;
    }

    public CaptureFailure Failure { get; }

    /// <summary>What the reader of the message can do; empty if nothing is known to help.</summary>
    public string Remedy { get; }

    internal static CaptureException LibraryMissing(IEnumerable<string> tried) => new(
        CaptureFailure.LibraryMissing,
        $"Cannot capture: libpcap is not on this machine (tried {string.Join(", ", tried)}).",
        "Install it: apt-get install libpcap0.8 (Debian, Ubuntu), dnf install libpcap (Fedora), Npcap (Windows).");

    internal static CaptureException NoPermission(string source, string detail) => new(
        CaptureFailure.NoPermission,
        $"Cannot capture on '{source}': no permission ({detail}).",
        "Run as root, or give the program the right: setcap cap_net_raw,cap_net_admin=eip <program>.");

    internal static CaptureException NoSuchInterface(string source, IEnumerable<string> known) => new(
        CaptureFailure.NoSuchInterface,
        $"Cannot capture on '{source}': there is no such interface.",
        $"Interfaces here: {string.Join(", ", known)}.");

    internal static CaptureException InterfaceDown(string source) => new(
        CaptureFailure.InterfaceDown,
        $"Cannot capture on '{source}': the interface is down.",
        $"Bring it up: ip link set {source} up.");

    internal static CaptureException BadFilter(string source, string filter, string detail) => new(
        CaptureFailure.BadFilter,
        $"Cannot capture on '{source}': the filter '{filter}' is wrong ({detail}).",
        "The language of filters is described in pcap-filter(7).");

    internal static CaptureException SourceBroken(string source, string detail, Exception? inner = null) => new(
        CaptureFailure.SourceBroken,
        $"The capture on '{source}' broke off: {detail}.",
        "What was captured before is kept; what ran since then has no evidence and must run again.",
        inner);

    internal static CaptureException StopTimedOut(string source, TimeSpan deadline) => new(
        CaptureFailure.StopTimedOut,
        $"The capture on '{source}' did not stop within {deadline.TotalSeconds:0.#} s.",
        "Its frame handler may hang.");

    internal static CaptureException Other(string source, string detail) => new(
        CaptureFailure.Other, $"Cannot capture on '{source}': {detail}.", "");
}

using TlsInterop.Tls.Decoding;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>What is left of a cell, as far as it can be read.</summary>
public sealed record CellExhibits
{
    /// <summary>Its capture, to be copied; null if there is none, or none that is small enough.</summary>
    public string? Capture { get; init; }

    /// <summary>Where the capture lies, as one who stands in the checkout names it; null if there is none.</summary>
    public string? Place { get; init; }

    /// <summary>Size of the capture in octets.</summary>
    public long CaptureSize { get; init; }

    /// <summary>What the capture shows.</summary>
    public IReadOnlyList<CapturedConnection> Connections { get; init; } = [];

    /// <summary>How the handshake differs from the accepted one, or the earlier run's; empty if it does not.</summary>
    public IReadOnlyList<DiffLine> Diff { get; init; } = [];

    /// <summary>What the difference is to.</summary>
    public string DiffTo { get; init; } = "";

    /// <summary>What was said, each by whom, and the last lines of it.</summary>
    public IReadOnlyList<(string Name, string Text)> Logs { get; init; } = [];

    /// <summary>What could not be read, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Snapshots;

/// <summary>What a snapshot says that the wire does not.</summary>
public sealed record SnapshotHeader
{
    /// <summary>First line: the cell, by the design's grammar.</summary>
    public required string CellId { get; init; }

    /// <summary><c>pass</c>, <c>fail</c>, ...; what was negotiated is put behind it from the wire.</summary>
    public required string Verdict { get; init; }

    /// <summary>One line each; none gives <c>findings: none</c>.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>
    /// What stands behind the application data: <c>payload as expected</c>. Null if nothing is known.
    /// </summary>
    public string? PayloadRemark { get; init; }

    /// <summary>
    /// The direction of the only end whose words are told: the other departs from the standards on purpose, and what it
    /// still says behind its departure crosses with the answer on the wire. Null tells both.
    /// </summary>
    public Direction? AnswerFrom { get; init; }
}

namespace TlsInterop.Tls.Snapshots;

/// <summary>How a received text stands to the accepted one.</summary>
public enum SnapshotState : byte
{
    /// <summary>There is an accepted text and it is another.</summary>
    Different,

    /// <summary>No text has been accepted yet.</summary>
    New,

    /// <summary>Both say the same.</summary>
    Equal,
}

/// <summary>The outcome of one comparison.</summary>
/// <param name="State">How the texts stand to each other.</param>
/// <param name="Verified">The accepted text with line ends <c>\n</c>; null if there is none.</param>
/// <param name="VerifiedPath">Where the accepted text is or would be.</param>
/// <param name="ReceivedPath">Where the received text lies, unless they are equal.</param>
public sealed record SnapshotVerdict(SnapshotState State, string? Verified, string VerifiedPath, string ReceivedPath);

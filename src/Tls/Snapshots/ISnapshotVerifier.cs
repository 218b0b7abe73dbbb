namespace TlsInterop.Tls.Snapshots;

/// <summary>The seam behind which a received text is compared with the accepted one.</summary>
public interface ISnapshotVerifier
{
    /// <summary>Compares, and leaves the received text beside the accepted one where they differ.</summary>
    /// <param name="name">A cell id or another name with <c>/</c> for folders; see <see cref="SnapshotName"/>.</param>
    /// <param name="received">The text of this run.</param>
    SnapshotVerdict Verify(string name, string received);
}

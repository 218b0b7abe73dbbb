namespace TlsInterop.Tls.Snapshots;

/// <summary>Chooses what compares with snapshots.</summary>
public static partial class SnapshotVerifier
{
    /// <summary>The verifier of a folder.</summary>
    /// <param name="rootFolder">The folder; it need not exist yet.</param>
    public static ISnapshotVerifier Of(string rootFolder)
    {
        ISnapshotVerifier verifier = new SnapshotStore(rootFolder);
        Substitute(rootFolder, ref verifier);
        return verifier;
    }

    /// <summary>Where a package does the same, its adapter has the body of this.</summary>
    static partial void Substitute(string rootFolder, ref ISnapshotVerifier verifier);
}

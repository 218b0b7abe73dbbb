using TlsInterop.Tls.Snapshots;

namespace TlsInterop.Harness.Runs;

/// <summary>Compares the handshakes of cells with the snapshots of their plan.</summary>
/// <param name="store">Where they are.</param>
/// <param name="nameOf">How the snapshot of a cell id is called there.</param>
public sealed class CellSnapshots(ISnapshotVerifier store, Func<string, string> nameOf) : ISnapshotVerifier
{
    public SnapshotVerdict Verify(string name, string received) => store.Verify(nameOf(name), received);
}

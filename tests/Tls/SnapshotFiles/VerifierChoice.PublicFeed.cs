using TlsInterop.Tls.Snapshots;

namespace TlsInterop.Tls.Tests.SnapshotFiles;

public sealed partial record VerifierChoice
{
    static partial void Add(List<VerifierChoice> all) =>
        all.Add(new("Verify", folder => new VerifySnapshots(folder)));
}

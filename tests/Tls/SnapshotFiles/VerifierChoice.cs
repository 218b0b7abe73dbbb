using TlsInterop.Tls.Snapshots;

namespace TlsInterop.Tls.Tests.SnapshotFiles;

/// <summary>An implementation of comparing snapshots.</summary>
/// <param name="Name">What it stands on.</param>
/// <param name="Of">Makes the verifier of a folder.</param>
public sealed partial record VerifierChoice(string Name, Func<string, ISnapshotVerifier> Of)
{
    /// <summary>Each that this build has.</summary>
    public static IEnumerable<VerifierChoice> All
    {
        get
        {
            List<VerifierChoice> all = [new("files", folder => new SnapshotStore(folder))];
            Add(all);
            return all;
        }
    }

    public override string ToString() => Name;

    static partial void Add(List<VerifierChoice> all);
}

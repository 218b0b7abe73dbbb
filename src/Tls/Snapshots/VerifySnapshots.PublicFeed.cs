using VerifyTests;

namespace TlsInterop.Tls.Snapshots;

public static partial class SnapshotVerifier
{
    static partial void Substitute(string rootFolder, ref ISnapshotVerifier verifier) =>
        verifier = new VerifySnapshots(rootFolder);
}

/// <summary>
/// Snapshots as Verify compares and writes them: the very files of <see cref="SnapshotStore"/>, which knows names,
/// lists and accepts.
/// </summary>
/// <param name="rootFolder">The folder; it need not exist yet.</param>
public sealed class VerifySnapshots(string rootFolder) : ISnapshotVerifier
{
    private readonly SnapshotStore _store = new(rootFolder);

    // It is told once in a process, before anything is verified.
    static VerifySnapshots() => VerifierSettings.UseUtf8NoBom();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The name would leave the folder or is no file name.</exception>
    /// <exception cref="IOException">The files can't be read or written.</exception>
    public SnapshotVerdict Verify(string name, string received)
    {
        var (verifiedPath, receivedPath) = _store.PathsOf(name);
        var verified = File.Exists(verifiedPath) ? SnapshotStore.Normalised(File.ReadAllText(verifiedPath)) : null;
        var state = Compare(verifiedPath, SnapshotStore.Normalised(received));
        // It leaves a text that was received earlier.
        if (state == SnapshotState.Equal) File.Delete(receivedPath);
        return new SnapshotVerdict(state, verified, verifiedPath, receivedPath);
    }

    // That texts differ is an exception to Verify, of a type of its own: what it calls before tells it from others.
    private static SnapshotState Compare(string verifiedPath, string received)
    {
        var state = SnapshotState.Equal;
        Task Is(SnapshotState other)
        {
            state = other;
            return Task.CompletedTask;
        }

        var settings = new VerifySettings();
        settings.DisableDiff();
        settings.DisableRequireUniquePrefix();
        settings.UseStringComparer((text, accepted, _) =>
            Task.FromResult(new CompareResult(text == SnapshotStore.Normalised(accepted))));
        settings.OnFirstVerify((_, _, _) => Is(SnapshotState.New));
        settings.OnVerifyMismatch((_, _, _) => Is(SnapshotState.Different));
        var file = Path.GetFileName(verifiedPath);
        var name = file[..^SnapshotStore.VerifiedSuffix.Length];
        using var verifier = new InnerVerifier(Path.GetDirectoryName(verifiedPath)!, name, settings);
        try
        {
            verifier.VerifyString(received).GetAwaiter().GetResult();
        }
        catch (Exception) when (state != SnapshotState.Equal)
        {
            // Its message holds both texts; who asked has them.
        }
        return state;
    }
}

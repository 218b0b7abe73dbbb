namespace TlsInterop.Harness.Endpoints.Engine;

/// <summary>Finds the container engine of this machine.</summary>
public static partial class ContainerEngine
{
    /// <summary>The engine; null if none answers, with the reason.</summary>
    public static async Task<(IContainerEngine? Engine, string Reason)> FindAsync(CancellationToken cancellationToken)
    {
        var (found, reason) = await DockerCommandLine.FindAsync(cancellationToken);
        if (found is null) return (null, reason);
        IContainerEngine engine = found;
        Substitute(ref engine);
        return (engine, reason);
    }

    /// <summary>Where a package does the same, its adapter has the body of this.</summary>
    static partial void Substitute(ref IContainerEngine engine);
}

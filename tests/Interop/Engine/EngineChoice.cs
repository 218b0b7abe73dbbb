using TlsInterop.Harness.Endpoints.Engine;

namespace TlsInterop.Interop.Tests.Engine;

/// <summary>An implementation of the engine's seam.</summary>
/// <param name="Name">What it stands on.</param>
/// <param name="Over">Makes it, over the docker command.</param>
public sealed partial record EngineChoice(string Name, Func<IContainerEngine, IContainerEngine> Over)
{
    /// <summary>Each that this build has.</summary>
    public static IEnumerable<EngineChoice> All
    {
        get
        {
            List<EngineChoice> all = [new("docker command", docker => docker)];
            Add(all);
            return all;
        }
    }

    public override string ToString() => Name;

    static partial void Add(List<EngineChoice> all);
}

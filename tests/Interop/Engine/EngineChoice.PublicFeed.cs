using TlsInterop.Harness.Endpoints.Engine;

namespace TlsInterop.Interop.Tests.Engine;

public sealed partial record EngineChoice
{
    static partial void Add(List<EngineChoice> all) =>
        all.Add(new("Testcontainers", docker => new TestcontainersEngine(docker)));
}

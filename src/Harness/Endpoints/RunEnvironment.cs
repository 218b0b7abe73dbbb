namespace TlsInterop.Harness.Endpoints;

/// <summary>Where endpoints of one run find what they share.</summary>
/// <param name="SharedFolder">Certificates, keys and payloads, on this machine.</param>
/// <param name="EndpointsFolder">Parent of each endpoint's own folder, on this machine.</param>
/// <param name="SessionFile"><c>containers/base/session.sh</c>.</param>
public sealed record RunEnvironment(string SharedFolder, string EndpointsFolder, string SessionFile)
{
    /// <summary>Makes the files of a certificate profile in the shared folder, unless they are there.</summary>
    public Func<string, Task> EnsureCertificate { get; init; } = _ => Task.CompletedTask;
}

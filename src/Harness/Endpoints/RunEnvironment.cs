namespace TlsInterop.Harness.Endpoints;

/// <summary>Where endpoints of one run find what they share.</summary>
/// <param name="SharedFolder">Certificates, keys and payloads, on this machine.</param>
/// <param name="EndpointsFolder">Parent of each endpoint's own folder, on this machine.</param>
/// <param name="SessionFile"><c>containers/base/session.sh</c>.</param>
public sealed record RunEnvironment(string SharedFolder, string EndpointsFolder, string SessionFile);

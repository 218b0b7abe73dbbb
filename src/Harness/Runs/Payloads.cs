using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Runs;

/// <summary>The payload files of a run: the octets that shell clients send and compare.</summary>
public static class Payloads
{
    /// <summary>Writes <c>payload-&lt;octets&gt;</c> for each length that a scenario echoes.</summary>
    public static void Write(string folder, IEnumerable<Scenario> scenarios)
    {
        foreach (
            var octets in scenarios.SelectMany(scenario => scenario.Conversation).Select(step => step.Echo)
            .OfType<int>().Distinct())
            File.WriteAllBytes(Path.Combine(folder, $"payload-{octets}"), EchoPayload.Create(octets));
    }
}

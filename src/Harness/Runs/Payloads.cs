using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Runs;

/// <summary>The payload files of a run: the octets that shell clients send and compare.</summary>
public static class Payloads
{
    /// <summary>
    /// Writes <c>payload-&lt;octets&gt;</c> for each length that a scenario echoes, and <c>early-data</c>, a line.
    /// </summary>
    public static void Write(string folder, IEnumerable<Scenario> scenarios)
    {
        var lengths = scenarios.SelectMany(scenario => scenario.Conversation).Select(step => step.Echo).OfType<int>();
        foreach (var octets in lengths.Distinct())
            File.WriteAllBytes(Path.Combine(folder, $"payload-{octets}"), EchoPayload.Create(octets));
        File.WriteAllText(Path.Combine(folder, "early-data"), "said early\n");
    }
}

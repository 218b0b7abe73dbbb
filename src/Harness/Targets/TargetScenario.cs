using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Scenarios;

namespace TlsInterop.Harness.Targets;

/// <summary>The scenarios that ask nothing of the server but its protocol: a target's can't be configured.</summary>
internal static class TargetScenario
{
    /// <summary>The scenario of a name.</summary>
    /// <exception cref="UsageException">There is none, or it asks more.</exception>
    public static Scenario Find(string name, Repository repository)
    {
        var known = repository.Catalogue().Scenarios.Values.Where(CanBePlayed)
            .ToDictionary(scenario => scenario.Name, StringComparer.Ordinal);
        return known.GetValueOrDefault(name)
            ?? throw new UsageException($"--scenario {name}: {NearMatch.Unknown("scenario", name, known.Keys)}");
    }

    private static bool CanBePlayed(Scenario scenario) =>
        scenario is { Server.Count: 0, Visits: 1 } && scenario.Client.Keys.All(key => key == ScenarioParameter.StartTls)
        && scenario.Outcome.Contains(Outcome.Complete)
        && !scenario.Conversation.Any(step => step.Finish || step.Command is not null);
}

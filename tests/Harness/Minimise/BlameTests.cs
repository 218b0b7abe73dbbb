using TlsInterop.Harness.Minimise;

namespace TlsInterop.Harness.Tests.Minimise;

public sealed class BlameTests
{
    [TestCase("rgg", "rrg", Suspect.Server)]
    [TestCase("ggg", "gr", Suspect.Server)]
    [TestCase("rr", "ggr", Suspect.Client)]
    [TestCase("gg", "gg", Suspect.OnlyThisPair)]
    [TestCase("rr", "rr", Suspect.Neither)]
    [TestCase("gg", "r", Suspect.Open)]
    [TestCase("g", "rr", Suspect.Open)]
    public async Task A_failure_that_goes_with_one_end_is_blamed_on_it(
        string servers, string clients, Suspect suspect) =>
        Assert.That(Blame.Of(await SearchAsync(servers, clients)).Suspect, Is.EqualTo(suspect));

    [TestCase("ggr", Suspect.Server)]
    [TestCase("rr", Suspect.Open)]
    public async Task A_client_with_a_quirk_needs_no_other_client(string servers, Suspect suspect) =>
        Assert.That(Blame.Of(await SearchAsync(servers, ""), hasQuirk: true).Suspect, Is.EqualTo(suspect));

    // One letter for each other server and client, alone in the place of the failure's: red or green.
    private static Task<SearchResult> SearchAsync(string servers, string clients)
    {
        var neighbourhood = Neighbourhood.Of(
            [CellDimension.Server.Name, CellDimension.Client.Name],
            [
                ["own", "own"],
                .. servers.Select((_, at) => (IReadOnlyList<string>)[$"{at}", "own"]),
                .. clients.Select((_, at) => (IReadOnlyList<string>)["own", $"{at}"]),
            ], out _);
        return new FailureSearch(
            neighbourhood, (point, _) => Task.FromResult(new Answer(point.Number == 0
                || (servers + clients)[point.Number - 1] == 'r' ? TrialOutcome.Red : TrialOutcome.Green)),
            limit: 100).RunAsync(CancellationToken.None);
    }
}

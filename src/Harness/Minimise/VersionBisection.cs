namespace TlsInterop.Harness.Minimise;

/// <summary>Walks a line of versions by halving: a failure that came with one may have gone with another.</summary>
/// <param name="count">How many versions there are, oldest first.</param>
/// <param name="run">Runs a version.</param>
public sealed class VersionBisection(int count, Func<int, Task<TrialOutcome>> run)
{
    private readonly Dictionary<int, TrialOutcome> _known = [];

    /// <summary>Finds the ends of the failure around a version that has it.</summary>
    /// <param name="red">That version.</param>
    public async Task<VersionSpan> RunAsync(int red)
    {
        _known[red] = TrialOutcome.Red;
        var (last, firstGreen) = await EndAsync(red, Enumerable.Range(red + 1, count - red - 1));
        var (first, lastGreen) = await EndAsync(red, Enumerable.Range(0, red).Reverse());
        return new(first, last, lastGreen, firstGreen);
    }

    // The last version of a direction that is red, and the first behind it that is not. What can't run stands for
    // nothing: it is left out, and those beside it are asked.
    private async Task<(int Red, int? NotRed)> EndAsync(int red, IEnumerable<int> versions)
    {
        var line = versions.ToList();
        int? notRed = null;
        while (line.Count > 0)
        {
            // The far end first: if the failure is there too, it has no end.
            var at = notRed is null ? line.Count - 1 : (line.Count - 1) / 2;
            var version = line[at];
            switch (await RunOnceAsync(version))
            {
                case TrialOutcome.CannotRun:
                    line.RemoveAt(at);
                    break;
                case TrialOutcome.Red:
                    red = version;
                    line.RemoveRange(0, at + 1);
                    break;
                default:
                    notRed = version;
                    line.RemoveRange(at, line.Count - at);
                    break;
            }
        }
        return (red, notRed);
    }

    private async Task<TrialOutcome> RunOnceAsync(int version)
    {
        if (!_known.TryGetValue(version, out var outcome)) _known[version] = outcome = await run(version);
        return outcome;
    }
}

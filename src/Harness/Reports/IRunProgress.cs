using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>Shows how a run goes on while it does.</summary>
public interface IRunProgress
{
    /// <summary>Shows it while the work goes on.</summary>
    /// <param name="tally">What to show.</param>
    /// <param name="work">The work.</param>
    Task WhileAsync(RunTally tally, Func<Task> work);

    /// <summary>A cell that somebody has to look at, as soon as it is known.</summary>
    void Red(CellResult result);

    /// <summary>A line that must not be lost in what is shown.</summary>
    void Note(string line);
}

/// <summary>Shows nothing.</summary>
public sealed class NoProgress : IRunProgress
{
    public Task WhileAsync(RunTally tally, Func<Task> work) => work();

    public void Red(CellResult result)
    {
    }

    public void Note(string line)
    {
    }
}

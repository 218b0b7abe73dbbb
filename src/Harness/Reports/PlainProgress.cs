using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>
/// Progress as lines, for logs and pipes: one in every interval, one a red cell, one at the end. Never a control code.
/// </summary>
public sealed class PlainProgress(TextWriter output, TimeSpan interval) : IRunProgress
{
    private readonly Lock _lock = new();

    public async Task WhileAsync(RunTally tally, Func<Task> work)
    {
        var running = work();
        while (await Task.WhenAny(running, Task.Delay(interval)) != running) Write(tally.Read().Line().ToString());
        Write(tally.Read().Line().ToString());
        await running;
    }

    public void Red(CellResult result)
    {
        var heading = ResultKinds.Heading(ResultKinds.Of(result));
        Write($"{heading}  {result.Cell}{(result.Got is { } got ? $"  {got.Split('\n')[0]}" : "")}");
    }

    public void Note(string line) => Write(line);

    private void Write(string line)
    {
        lock (_lock)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }
}

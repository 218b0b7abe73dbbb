namespace TlsInterop.Harness.Runs;

/// <summary>The stages of a cell whose time is told apart by <c>--timings</c>.</summary>
public enum Stage { StartUp, Server, Client, Capture, Decode, Verify, Report }

/// <summary>Adds up where the time goes, over all workers.</summary>
public sealed class StageTimes
{
    private readonly long[] _ticks = new long[Enum.GetValues<Stage>().Length];

    /// <summary>Time spent in a stage so far, added up over workers that ran side by side.</summary>
    public TimeSpan this[Stage stage] => TimeSpan.FromTicks(Interlocked.Read(ref _ticks[(int)stage]));

    public void Add(Stage stage, TimeSpan time) => Interlocked.Add(ref _ticks[(int)stage], time.Ticks);

    /// <summary>Measures until it is disposed.</summary>
    public Measurement Measure(Stage stage) => new(this, stage, TimeProvider.System.GetTimestamp());

    /// <summary>A stage that is under way.</summary>
    public readonly struct Measurement(StageTimes times, Stage stage, long since) : IDisposable
    {
        public void Dispose() => times.Add(stage, TimeProvider.System.GetElapsedTime(since));
    }
}

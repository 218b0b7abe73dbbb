using System.Diagnostics;

namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>Decodes changed captures, one after the other, and holds each to the claims.</summary>
internal sealed class FuzzRun(FuzzCorpus corpus, int seed)
{
    private static readonly TimeSpan BetweenProgress = TimeSpan.FromSeconds(10);

    private readonly FuzzReport _report = new();
    private long _index;
    private long _started;

    /// <summary>Decodes inputs until there are enough, or one does not end.</summary>
    /// <param name="first">Index of the first input.</param>
    /// <param name="count">How many.</param>
    /// <param name="progress">Told now and then, between two inputs; null for silence.</param>
    public FuzzReport Run(long first, long count, Action<FuzzReport>? progress = null)
    {
        Exception? own = null;
        var worker = new Thread(() =>
        {
            try
            {
                var told = Stopwatch.GetTimestamp();
                for (var index = first; index < first + count; index++)
                {
                    Decode(index);
                    if (Stopwatch.GetElapsedTime(told) < BetweenProgress) continue;
                    told = Stopwatch.GetTimestamp();
                    progress?.Invoke(_report);
                }
            }
            catch (Exception exception) // a mistake of the fuzzing itself: the caller's thread reports it
            {
                own = exception;
            }
        })
        { IsBackground = true };
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        worker.Start();

        while (!worker.Join(TimeSpan.FromMilliseconds(100)))
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _started)) > FuzzLimits.Patience)
            {
                var index = Volatile.Read(ref _index);
                _report.Add(new(index, corpus.Input(seed, index).Origin, "does not end",
                    $"Expected an end within {FuzzLimits.Patience.TotalSeconds:0} s. Got: none"));
                return _report;
            }
        }
        return own is null ? _report : throw new InvalidOperationException($"Input {_index} could not be made.", own);
    }

    private void Decode(long index)
    {
        Volatile.Write(ref _index, index);
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        var input = corpus.Input(seed, index);
        try
        {
            var (duration, allocated) = Measure(input, index);
            // What is done once (code is compiled, tables are built) is not the input's.
            for (var i = 0; i < 2 && (duration > FuzzLimits.Duration || allocated > FuzzLimits.Allocated); i++)
            {
                var again = Measure(input, index);
                (duration, allocated) = (Min(duration, again.Duration), Math.Min(allocated, again.Allocated));
            }
            _report.Measure(index, duration, allocated);
            if (duration > FuzzLimits.Duration)
                _report.Add(new(index, input.Origin, "takes too long", $"Got: {duration.TotalMilliseconds:0} ms"));
            if (allocated > FuzzLimits.Allocated)
                _report.Add(new(index, input.Origin, "needs too much memory", $"Got: {allocated} octets"));
        }
        catch (Exception exception) // any exception breaks the claim, and is reported as that
        {
            var claim = $"throws {exception.GetType().Name}{Place(exception)}";
            _report.Add(new(index, input.Origin, claim, exception.ToString()));
        }
        _report.Count++;
    }

    private (TimeSpan Duration, long Allocated) Measure(FuzzInput input, long index)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var used = Environment.CpuUsage.TotalTime;
        _report.Connections += DecodingChain.Run(input, isLive: index % 4 == 0);
        return (Environment.CpuUsage.TotalTime - used, GC.GetTotalAllocatedBytes() - allocated);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // The innermost place in code of our own.
    private static string Place(Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
            if (frame.GetMethod() is not { DeclaringType: { Namespace: { } name } type } method) continue;
            if (name.StartsWith("TlsInterop.", StringComparison.Ordinal)) return $" in {type.Name}.{method.Name}";
        }
        return "";
    }
}

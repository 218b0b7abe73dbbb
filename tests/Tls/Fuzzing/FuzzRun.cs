using System.Diagnostics;

namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>Decodes changed captures, one after the other, and holds each to the claims.</summary>
internal sealed class FuzzRun(FuzzCorpus corpus, int seed)
{
    private readonly FuzzReport _report = new();
    private long _index;
    private long _started;

    /// <summary>Decodes inputs until there are enough, or one does not end.</summary>
    /// <param name="first">Index of the first input.</param>
    /// <param name="count">How many.</param>
    /// <param name="progress">Told now and then; null for silence.</param>
    public FuzzReport Run(long first, long count, Action<FuzzReport>? progress = null)
    {
        Exception? own = null;
        var worker = new Thread(() =>
        {
            try
            {
                for (var index = first; index < first + count; index++) Decode(index);
            }
            catch (Exception exception) // a mistake of the fuzzing itself: the caller's thread reports it
            {
                own = exception;
            }
        })
        { IsBackground = true };
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        worker.Start();

        var told = Stopwatch.GetTimestamp();
        while (!worker.Join(TimeSpan.FromMilliseconds(100)))
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _started)) > FuzzLimits.Patience)
            {
                var index = Volatile.Read(ref _index);
                _report.Add(new(index, corpus.Input(seed, index).Origin, "does not end",
                    $"Expected an end within {FuzzLimits.Patience.TotalSeconds:0} s. Got: none"));
                return _report;
            }
            if (progress is null || Stopwatch.GetElapsedTime(told) < TimeSpan.FromSeconds(10)) continue;
            told = Stopwatch.GetTimestamp();
            progress(_report);
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
            // A machine may be busy with something else, but hardly three times at the same input.
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
            _report.Add(new(index, input.Origin, $"throws {exception.GetType().Name}{Place(exception)}", exception.ToString()));
        }
        _report.Count++;
    }

    private (TimeSpan Duration, long Allocated) Measure(FuzzInput input, long index)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var start = Stopwatch.GetTimestamp();
        _report.Connections += DecodingChain.Run(input, isLive: index % 4 == 0);
        return (Stopwatch.GetElapsedTime(start), GC.GetTotalAllocatedBytes() - allocated);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static string Place(Exception exception) =>
        new StackTrace(exception).GetFrames().Select(frame => frame.GetMethod())
            .FirstOrDefault(method => method?.DeclaringType?.Namespace?.StartsWith("TlsInterop.", StringComparison.Ordinal) == true)
            is { } method ? $" in {method.DeclaringType!.Name}.{method.Name}" : "";
}

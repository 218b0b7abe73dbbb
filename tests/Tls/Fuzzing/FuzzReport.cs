namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>What came of a number of inputs.</summary>
internal sealed class FuzzReport
{
    private readonly Dictionary<string, FuzzFailure> _failures = [];

    /// <summary>Inputs that were decoded.</summary>
    public long Count { get; set; }

    /// <summary>Connections that were found in them.</summary>
    public long Connections { get; set; }

    /// <summary>The longest time, and the input that took it.</summary>
    public (TimeSpan Duration, long Index) Longest { get; private set; }

    /// <summary>The most octets that were allocated, and the input that needed them.</summary>
    public (long Octets, long Index) Largest { get; private set; }

    /// <summary>The first of each cause.</summary>
    public IReadOnlyCollection<FuzzFailure> Failures => _failures.Values;

    public void Add(FuzzFailure failure) => _failures.TryAdd(failure.Claim, failure);

    public void Measure(long index, TimeSpan duration, long allocated)
    {
        if (duration > Longest.Duration) Longest = (duration, index);
        if (allocated > Largest.Octets) Largest = (allocated, index);
    }

    public override string ToString() =>
        $"{Count} inputs, {Connections} connections, {Failures.Count} failures; "
        + $"longest {Longest.Duration.TotalMilliseconds:0} ms (input {Longest.Index}), "
        + $"most allocated {Largest.Octets >> 10} KiB (input {Largest.Index})";
}

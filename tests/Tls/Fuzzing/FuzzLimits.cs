namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>What one input may cost.</summary>
internal static class FuzzLimits
{
    /// <summary>The longest that an input may take, in time of the processor: others may want it too.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    /// <summary>When an input is taken for one that never ends, in time of the clock.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Octets that may be allocated for an input, garbage included; the inputs are some thousand long.
    /// </summary>
    public const long Allocated = 16 << 20;
}

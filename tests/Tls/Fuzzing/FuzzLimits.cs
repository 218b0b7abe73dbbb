namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>What one input may cost.</summary>
internal static class FuzzLimits
{
    /// <summary>The longest that an input may take.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    /// <summary>When an input is taken for one that never ends.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Octets that may be allocated for an input, garbage included; the inputs are some thousand long.</summary>
    public const long Allocated = 64 << 20;
}

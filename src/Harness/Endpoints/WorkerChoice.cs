namespace TlsInterop.Harness.Endpoints;

/// <summary>What a worker is started for, because its stack can't be told for one connection.</summary>
/// <param name="Groups">The groups that it offers, in order; none for all.</param>
/// <param name="Suite">The suite that it offers without being told, by OpenSSL's name; null for all.</param>
internal sealed record WorkerChoice(IReadOnlyList<string> Groups, string? Suite = null)
{
    /// <summary>For all that any connection can be told.</summary>
    public static readonly WorkerChoice Any = new([]);

    /// <summary>For what every program of this machine offers that chooses nothing.</summary>
    public static readonly WorkerChoice Default = new([]) { IsDefault = true };

    /// <summary>True if nobody configured its libraries for it.</summary>
    public bool IsDefault { get; private init; }

    /// <summary>Name of its folder.</summary>
    public string Name => IsDefault ? "default"
        : Groups.Count == 0 && Suite is null ? "any"
        : string.Join('+', Suite is null ? Groups : [.. Groups, Suite]);
}

namespace TlsInterop.Harness.Targets;

/// <summary>One handshake with a target.</summary>
/// <param name="Name">What was asked: a version as in cell ids, or <c>default</c>.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Text">What was agreed, or what was wrong.</param>
public sealed record TargetResult(string Name, TargetVerdict Verdict, string Text)
{
    /// <summary>False if there was no connection at all.</summary>
    public bool IsReached { get; init; } = true;

    /// <summary>More about it: findings, what could not be read, what the stack said.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

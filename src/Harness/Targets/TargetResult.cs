namespace TlsInterop.Harness.Targets;

/// <summary>What became of a handshake with a target.</summary>
public enum TargetVerdict
{
    /// <summary>Something is wrong with it.</summary>
    Fail,

    /// <summary>There was no connection, or its handshake can't be read.</summary>
    Error,

    /// <summary>The server did not want to speak so.</summary>
    Refused,

    /// <summary>The stack of this machine can't speak so.</summary>
    NotOffered,

    /// <summary>It went through, and nothing that can be read is wrong with it.</summary>
    Pass,
}

/// <summary>One handshake with a target.</summary>
/// <param name="Name">What was asked: a version as in cell ids, or <c>default</c>.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Text">What was agreed, or what was wrong.</param>
public sealed record TargetResult(string Name, TargetVerdict Verdict, string Text)
{
    /// <summary>More about it: findings, what could not be read, what the stack said.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

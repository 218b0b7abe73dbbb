namespace TlsInterop.Harness.Verdicts;

/// <summary>How a cell's outcome stands to what was known before. Only the last two are not red.</summary>
public enum ExpectationKind
{
    /// <summary>It failed, and nothing said that it would.</summary>
    UnexpectedFailure,

    /// <summary>It was known to fail, but it failed otherwise than the entry pins.</summary>
    OtherFailure,

    /// <summary>It was known to fail, and it passed: the entry is to be removed.</summary>
    UnexpectedPass,

    /// <summary>It failed as known, but the entry has expired.</summary>
    ExpiredFailure,

    /// <summary>It failed as known.</summary>
    ExpectedFailure,

    /// <summary>It passed, and nothing said otherwise.</summary>
    ExpectedPass,
}

/// <summary>The judgement of one outcome against the known failures.</summary>
/// <param name="Kind">How the outcome stands to what was known.</param>
/// <param name="Entry">The entry that speaks about the cell; null if none does.</param>
/// <param name="Explanation">
/// What was expected and what came, or the entry's reason; empty for an expected pass.
/// </param>
public sealed record Expectation(ExpectationKind Kind, KnownFailure? Entry, string Explanation)
{
    /// <summary>True if somebody has to look at it.</summary>
    public bool IsRed => Kind is not (ExpectationKind.ExpectedPass or ExpectationKind.ExpectedFailure);
}

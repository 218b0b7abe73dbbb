namespace TlsInterop.Harness.Minimise;

/// <summary>How a search came to its end. The worst is the zero value.</summary>
public enum SearchEnding
{
    /// <summary>The failure itself could not be run.</summary>
    CannotRun,

    /// <summary>There is no failure: nothing to search for.</summary>
    Green,

    /// <summary>The same point was red and was not: what the search would tell is chance.</summary>
    Flaky,

    /// <summary>It was stopped; the answer is what was known by then.</summary>
    Stopped,

    /// <summary>It made as many runs as it may; the answer is what was known by then.</summary>
    Exhausted,

    /// <summary>All that can be told apart has been.</summary>
    Answered,
}

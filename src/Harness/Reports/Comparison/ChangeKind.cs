namespace TlsInterop.Harness.Reports.Comparison;

/// <summary>How a cell of a run stands to the same cell of an earlier one. The worst comes first.</summary>
public enum ChangeKind
{
    /// <summary>It was not red, and is red now.</summary>
    NewRed,

    /// <summary>It was to run, nothing says why it should not, and it has no result.</summary>
    NotRun,

    /// <summary>It is red as before, and fails in another way: another alert, place, cause or handshake.</summary>
    StillRedOtherwise,

    /// <summary>It is red as before.</summary>
    StillRed,

    /// <summary>It passed or was red, and fails now as it is known to.</summary>
    NewKnownFailure,

    /// <summary>It was known to fail, and passes without anything speaking against that.</summary>
    KnownFailureGone,

    /// <summary>It was red, and is green now.</summary>
    NewGreen,

    /// <summary>It is no more red than before, and its handshake is another one.</summary>
    HandshakeChanged,

    /// <summary>It has a result; the earlier run was to run it, and lost it.</summary>
    NotRunBefore,

    /// <summary>It has a result, and the earlier run did not have it.</summary>
    NewCell,

    /// <summary>It had a result, and is left out now, with a reason.</summary>
    Skipped,

    /// <summary>It had a result, and nobody planned it any more.</summary>
    Vanished,

    /// <summary>As before.</summary>
    Unchanged,
}

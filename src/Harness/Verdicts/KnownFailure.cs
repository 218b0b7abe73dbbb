using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Verdicts;

/// <summary>A failure that is known and understood, so that it is no news until it changes.</summary>
/// <param name="File">The file that it stands in.</param>
/// <param name="Line">Line of the entry, from 1.</param>
/// <param name="Column">Column of the entry, from 1.</param>
/// <param name="Cells">The cells that fail.</param>
/// <param name="Reason">Why they fail, in a sentence.</param>
/// <param name="Link">A public report of it, or null if there is none.</param>
/// <param name="Signature">What the failure looks like; a cell that fails otherwise is news.</param>
/// <param name="IsSometimes">True if the cells fail by chance: then one that passes is no news either.</param>
/// <param name="Expires">The last day on which the entry counts: a known failure is to be looked at again.</param>
public sealed record KnownFailure(
    string File, int Line, int Column, Glob Cells, string Reason, Uri? Link, FailureSignature Signature,
    bool IsSometimes, DateOnly Expires)
{
    /// <summary>True once the entry no longer counts.</summary>
    public bool HasExpired(DateOnly today) => today > Expires;
}

namespace TlsInterop.Harness.Minimise;

/// <summary>
/// How a run of a search ended, seen from the failure that is searched for. The worst is the zero value.
/// </summary>
public enum TrialOutcome
{
    /// <summary>It could not be run: nothing is known.</summary>
    CannotRun,

    /// <summary>It failed, but otherwise: not the failure that is searched for.</summary>
    OtherFailure,

    /// <summary>It did not fail.</summary>
    Green,

    /// <summary>It failed in the same way.</summary>
    Red,
}

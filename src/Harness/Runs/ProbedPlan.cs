using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Runs;

/// <summary>A plan whose endpoints have all been asked what they offer.</summary>
public static class ProbedPlan
{
    /// <summary>Asks the endpoints of a plan, and plans again with what they answered.</summary>
    /// <remarks>
    /// What an endpoint turns out to lack takes other values of its cells with it. Other cells can meet those, and some
    /// of them bring in endpoints that nobody has asked yet. So this ends when a plan names none of those.
    /// </remarks>
    /// <param name="plan">Plans with what is known by then.</param>
    /// <param name="ask">Asks endpoints, each once; one that can't answer keeps its cells.</param>
    /// <param name="lacks">Why a cell cannot run; null if it can.</param>
    public static async Task<MatrixPlan> OfAsync(
        Func<MatrixPlan> plan, Func<IReadOnlyCollection<EndpointReference>, Task> ask, Func<Cell, string?> lacks)
    {
        var asked = new HashSet<EndpointReference>();
        EndpointReference[] New(MatrixPlan of) =>
            [.. of.Cells.SelectMany(cell => new[] { cell.Server, cell.Client }).Where(asked.Add)];

        var planned = plan();
        while (New(planned) is { Length: > 0 } endpoints)
        {
            await ask(endpoints);
            // Cells that are tests, with snapshots, were named before anything was asked, and stay.
            if (!planned.ComparesSnapshots) planned = plan();
        }
        return planned.Without(lacks);
    }
}

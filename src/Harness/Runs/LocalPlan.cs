using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Runs;

/// <summary>A plan in which stacks of this machine stand in for all versions of their endpoint.</summary>
public static class LocalPlan
{
    /// <summary>Puts <c>name@local</c> where a local stack stands in, and skips what can't be reached.</summary>
    /// <param name="plan">The plan as the matrix says.</param>
    /// <param name="locals">Endpoints that run on this machine.</param>
    /// <param name="noEngine">Why there is no container engine; null if there is one.</param>
    /// <param name="catalogue">Tells which endpoints are workers of the harness.</param>
    public static MatrixPlan Of(
        MatrixPlan plan, IReadOnlyCollection<string> locals, string? noEngine, EndpointCatalogue catalogue)
    {
        if (locals.Count == 0 && noEngine is null) return plan;
        bool IsLocal(EndpointReference endpoint) => endpoint.Version == LocalBinaries.Version;
        bool IsWorker(EndpointReference endpoint) => catalogue.Definitions[endpoint.Name].Worker is not null;
        EndpointReference Localise(EndpointReference endpoint) =>
            locals.Contains(endpoint.Name) ? endpoint with { Version = LocalBinaries.Version } : endpoint;
        Cell LocaliseCell(Cell cell) => cell with { Server = Localise(cell.Server), Client = Localise(cell.Client) };

        string? Unreachable(Cell cell)
        {
            foreach (var endpoint in new[] { cell.Server, cell.Client })
            {
                if (noEngine is not null && !IsLocal(endpoint) && !IsWorker(endpoint))
                    return $"{endpoint} needs a container and there is no engine ({noEngine})";
            }
            if (IsLocal(cell.Server) && catalogue.Definitions[cell.Server.Name].Server is { Everywhere: true })
                return $"{cell.Server} would listen on all addresses of this machine: it serves in containers only";
            return IsLocal(cell.Server) && !IsLocal(cell.Client) && !IsWorker(cell.Client)
                ? $"{cell.Client} is in a container and can't reach {cell.Server}, which listens on this machine's "
                    + "loopback only"
                : null;
        }

        return new MatrixPlan(
            plan.Name,
            plan.Description,
            [.. plan.Cells.Select(LocaliseCell).Distinct()],
            [.. plan.Skipped.Select(skipped => skipped with { Cell = LocaliseCell(skipped.Cell) })
                .DistinctBy(skipped => skipped.Cell)])
        {
            ComparesSnapshots = plan.ComparesSnapshots, SnapshotName = plan.SnapshotName,
        }.Without(Unreachable);
    }
}

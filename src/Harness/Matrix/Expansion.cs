using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Matrix;

/// <summary>Turns blocks into cells: those to run, and those left out with the reason.</summary>
internal sealed class Expansion(YamlFile file, IEndpointCatalogue catalogue)
{
    /// <summary>Most points that the axes of one block may span, before any is left out.</summary>
    private const long MaxPoints = 4_000_000;

    private readonly HashSet<Cell> _run = [];
    private readonly Dictionary<Cell, string> _skipped = [];

    /// <summary>
    /// The union of all blocks that were added. A cell that one block runs is not skipped by another.
    /// </summary>
    public MatrixPlan Plan(string name, string description) => new(
        name,
        description,
        [.. _run.Order()],
        [.. _skipped.Where(entry => !_run.Contains(entry.Key)).OrderBy(entry => entry.Key)
            .Select(entry => new SkippedCell(entry.Key, entry.Value))]);

    /// <summary>Adds a block's cells; a block or a value that comes to nothing is reported to the file.</summary>
    public void Add(MatrixBlock block)
    {
        var span = block.Values.Values.Aggregate(
            1L, (product, values) => Math.Min(MaxPoints + 1, product * Math.Max(1, values.Count)));
        if (span > MaxPoints)
        {
            file.Report(block.At,
                $"expected at most {MaxPoints} points in a block, '{block.Name}' spans more; divide it");
            return;
        }
        var points = Points(block).ToList();
        ReportIdle(block, points);
        var reasons = points.Select(cell => Reason(block, cell)).ToList();
        ReportIdleExclusions(block, points);
        var runnable = points.Where((_, index) => reasons[index] is null).ToList();
        var left = points.Zip(reasons).Where(pair => pair.Second is not null)
            .ToDictionary(pair => pair.First, pair => pair.Second!);

        // A combination that only cells left out have is lost: one of them stands for it, with its reason.
        var cover = new CoveringArray(block.Strength);
        _run.UnionWith(block.Strength == 0 ? runnable : cover.Cover(runnable));
        foreach (var cell in block.Strength == 0 ? [.. left.Keys] : cover.Cover(left.Keys))
            _skipped.TryAdd(cell, left[cell]);
    }

    private string? Reason(MatrixBlock block, Cell cell) =>
        block.Exclusions.FirstOrDefault(exclusion => exclusion.Covers(cell))?.Because ?? catalogue.Lacks(cell);

    /// <summary>
    /// Every combination that makes sense; what does not is no point of the matrix and is not mentioned.
    /// </summary>
    private IEnumerable<Cell> Points(MatrixBlock block)
    {
        var parameters = Parameters(block).ToList();
        foreach (var (server, serverOffer) in Endpoints(block, Axis.Server))
        {
            foreach (var (client, clientOffer) in Endpoints(block, Axis.Client))
            {
                foreach (var scenario in Texts(block, Axis.Scenario))
                {
                    if (!serverOffer.ServerScenarios.Contains(scenario)
                        || !clientOffer.ClientScenarios.Contains(scenario))
                        continue;
                    foreach (var point in parameters.Where(
                        point => serverOffer.Certificates?.Contains(point.Certificate) ?? true))
                    {
                        yield return new Cell(
                            server, client, scenario, point.Version, point.Suite, point.Group, point.Certificate);
                    }
                }
            }
        }
    }

    private static IEnumerable<(ProtocolVersion Version, CipherSuite Suite, string? Group, string Certificate)>
        Parameters(MatrixBlock block)
    {
        var certificates = Texts(block, Axis.Certificate).DefaultIfEmpty(CertificateProfile.Default)
            .Select(name => CertificateProfile.Find(name)!).ToList();
        foreach (var id in Texts(block, Axis.Version))
        {
            if (!ProtocolVersion.TryParse(id, out var version)) continue;
            foreach (var suite in Texts(block, Axis.Suite).Select(name => CipherSuites.Find(name)!))
            {
                if (version < suite.OldestVersion || version > suite.NewestVersion) continue;
                // With no group that applies, the choice is the stacks'.
                var groups = Texts(block, Axis.Group)
                    .Where(name => KeyExchangeGroups.Find(name)!.AppliesTo(suite, version));
                foreach (var group in groups.DefaultIfEmpty())
                {
                    foreach (var certificate in certificates.Where(profile => profile.Fits(suite)))
                        yield return (version, new CipherSuite(suite.Code), group, certificate.Name);
                }
            }
        }
    }

    private IEnumerable<(EndpointReference, EndpointOffer)> Endpoints(MatrixBlock block, Axis axis)
    {
        foreach (var text in Texts(block, axis))
        {
            if (EndpointReference.TryParse(text, out var reference))
                yield return (reference, catalogue.Endpoints.First(offer => offer.Name == reference.Name));
        }
    }

    private static IEnumerable<string> Texts(MatrixBlock block, Axis axis) =>
        block.Values[axis].Select(value => value.Text);

    // A value that changes nothing misleads whoever reads the file.
    private void ReportIdle(MatrixBlock block, List<Cell> points)
    {
        if (points.Count == 0)
        {
            file.Report(block.At, $"the block '{block.Name}' has no cell: no combination of its values makes sense");
            return;
        }
        foreach (var axis in Axis.All)
        {
            var met = points.Select(axis.Of).ToHashSet();
            foreach (var origin in block.Values[axis].GroupBy(value => value.Origin, value => value.Text)
                .Where(texts => !texts.Any(met.Contains)))
            {
                file.Report(
                    origin.Key, $"the {axis} '{origin.Key.Text}' takes part in no cell of the block '{block.Name}'");
            }
        }
    }

    private void ReportIdleExclusions(MatrixBlock block, List<Cell> points)
    {
        foreach (var exclusion in block.Exclusions.Where(
            exclusion => points.Count > 0 && !points.Any(exclusion.Covers)))
            file.Report(exclusion.At, $"this exclusion matches no cell of the block '{block.Name}'");
    }
}

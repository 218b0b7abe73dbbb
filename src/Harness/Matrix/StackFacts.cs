namespace TlsInterop.Harness.Matrix;

/// <summary>
/// What stacks do not do though they have all that a cell asks for: <c>matrices/stacks.yaml</c>, exclusions that hold
/// in every block of every matrix.
/// </summary>
internal static class StackFacts
{
    /// <summary>The keys of the file. The editor's schema, <c>matrices/stacks.schema.json</c>, has the same.</summary>
    public static readonly IReadOnlyList<FileKey> Keys = [new("exclude", true, "excludes", "facts", "stacks")];

    /// <summary>Reads the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="catalogue">The endpoints that it may name.</param>
    /// <exception cref="MatrixException">The file is missing or wrong; every problem is in it.</exception>
    public static IReadOnlyList<Exclusion> Read(YamlFile file, IEndpointCatalogue catalogue)
    {
        var facts = new List<Exclusion>();
        if (file.Root is not null)
        {
            var vocabulary = new AxisVocabulary(catalogue);
            var known = Axis.All.ToDictionary(axis => axis, vocabulary.KnownWords);
            var rules = new RuleReader(file, "");
            var items = file.Keys(file.Root, "what stacks do not do", Keys).GetValueOrDefault("exclude");
            facts.AddRange(file.Items(items, "a list of exclusions").Select(item => rules.Exclusion(item, known)));
        }
        // What a wrong word stands for would only make more problems that are none.
        file.ThrowIfProblems();
        foreach (var fact in facts.Where(fact => !catalogue.HasCellOf(fact)))
            file.Report(fact.At, "no endpoint of these has a scenario of these, so that there is nothing to exclude");
        file.ThrowIfProblems();
        return facts;
    }

    private static bool HasCellOf(this IEndpointCatalogue catalogue, Exclusion fact)
    {
        bool Means(Axis axis, string value) =>
            fact.When.FirstOrDefault(condition => condition.Axis == axis).Values?.Contains(value) ?? true;
        bool Plays(Axis role, EndpointOffer offer, IReadOnlyList<string> scenarios) =>
            offer.References.Any(reference => Means(role, reference.ToString()))
            && scenarios.Any(scenario => Means(Axis.Scenario, scenario));
        return catalogue.Endpoints.Any(offer => Plays(Axis.Server, offer, offer.ServerScenarios))
            && catalogue.Endpoints.Any(offer => Plays(Axis.Client, offer, offer.ClientScenarios));
    }
}

namespace TlsInterop.Harness.Minimise;

/// <summary>
/// What trials tell of single changes, if the failure is a conjunction: it is there exactly as long as each dimension
/// has one of the values that it needs. Then no change of a point that is red cures, and one of a point that is not
/// does.
/// </summary>
public sealed class ChangeEffects(Neighbourhood neighbourhood)
{
    private readonly ChangeEffect[][] _effects =
        [.. neighbourhood.Dimensions.Select(dimension => new ChangeEffect[dimension.Values.Count])];
    private readonly List<Trial> _cured = [];

    /// <summary>
    /// Trials that no conjunction explains: each of their changes leaves the failure as it is, and all together cure.
    /// </summary>
    public IEnumerable<Trial> Contradictions => _cured.Where(trial => !Suspects(trial).Any());

    /// <summary>What a change does.</summary>
    public ChangeEffect this[Change change] => _effects[change.Dimension][change.Value];

    /// <summary>Learns from a trial, and from those before by what is known now.</summary>
    public void Add(Trial trial)
    {
        if (trial.Outcome == TrialOutcome.CannotRun) return;
        if (trial.Outcome != TrialOutcome.Red) _cured.Add(trial);
        else
        {
            foreach (var change in trial.Point.Changes) Set(change, ChangeEffect.Harmless);
        }
        foreach (var cured in _cured)
        {
            if (Suspects(cured).ToList() is [var only]) Set(only, ChangeEffect.Cures);
        }
    }

    /// <summary>Changes of a trial that are not known to be harmless: one of them at least cures.</summary>
    public IEnumerable<Change> Suspects(Trial trial) =>
        trial.Point.Changes.Where(change => this[change] != ChangeEffect.Harmless);

    /// <summary>True if the failure needs the dimension to be as it is: another value of it cures.</summary>
    public bool IsNeeded(int dimension) => _effects[dimension].Contains(ChangeEffect.Cures);

    /// <summary>True if anything is known of the dimension.</summary>
    public bool IsSeen(int dimension) => _effects[dimension].Any(effect => effect != ChangeEffect.Unknown);

    /// <summary>True if some other value of the dimension leaves the failure as it is.</summary>
    public bool HasHarmless(int dimension) => _effects[dimension].Contains(ChangeEffect.Harmless);

    /// <summary>Values of a dimension with an effect. The failure's own value has none.</summary>
    public IEnumerable<int> Values(int dimension, ChangeEffect effect) =>
        Enumerable.Range(1, _effects[dimension].Length - 1).Where(value => _effects[dimension][value] == effect);

    /// <summary>The suspects of each trial without the failure: all of them together cure.</summary>
    public IEnumerable<List<Change>> Cures() =>
        _cured.Select(trial => Suspects(trial).ToList()).Where(suspects => suspects.Count > 0);

    /// <summary>
    /// The suspects of each trial that nothing known explains: more than one, none of a dimension that is needed.
    /// </summary>
    public IEnumerable<(Trial Trial, List<Change> Suspects)> Unexplained() => _cured
        .Select(trial => (Trial: trial, Suspects: Suspects(trial).ToList()))
        .Where(item => item.Suspects.Count > 0 && !item.Suspects.Exists(change => IsNeeded(change.Dimension)))
        .OrderBy(item => item.Suspects.Count);

    /// <summary>
    /// What a change does as far as it can be told: among changes that only come together the one of a dimension that
    /// is needed is likely what cures.
    /// </summary>
    public ChangeEffect LikelyOf(Change change)
    {
        if (this[change] != ChangeEffect.Unknown) return this[change];
        var needed = LikelyNeeded();
        return Cures().Any(suspects => suspects.Contains(change)
            && suspects.Where(other => needed.Contains(other.Dimension)).ToList() is [var only] && only == change)
            ? ChangeEffect.Cures
            : ChangeEffect.Unknown;
    }

    /// <summary>
    /// The dimensions of suspects of which one is likely what cured: those that are not known to stay red otherwise.
    /// </summary>
    public IReadOnlyList<int> Likely(IReadOnlyList<Change> suspects)
    {
        var dimensions = suspects.Select(change => change.Dimension).Distinct().ToList();
        var strict = dimensions.Where(dimension => !HasHarmless(dimension)).ToList();
        return strict.Count > 0 ? strict : dimensions;
    }

    /// <summary>Dimensions that are needed, or that are the likely ones where it can't be told.</summary>
    public HashSet<int> LikelyNeeded() =>
    [
        .. Enumerable.Range(0, _effects.Length).Where(IsNeeded),
        .. Unexplained().Select(item => Likely(item.Suspects)[0]),
    ];

    // What is proven stays: a trial that says otherwise is a contradiction, not news.
    private void Set(Change change, ChangeEffect effect)
    {
        if (this[change] == ChangeEffect.Unknown) _effects[change.Dimension][change.Value] = effect;
    }
}

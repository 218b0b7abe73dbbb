namespace TlsInterop.Harness.Diagnosis;

/// <summary>Every cause that is known, as a table.</summary>
public static class RuleTable
{
    /// <summary>A line each: id, cause, what it looks at, source.</summary>
    public static IEnumerable<string> Lines()
    {
        var id = DiagnosisRules.All.Max(rule => rule.Id.Length);
        var cause = DiagnosisRules.All.Max(rule => rule.Cause.Length);
        foreach (var rule in DiagnosisRules.All)
            yield return $"{rule.Id.PadRight(id)}  {rule.Cause.PadRight(cause)}  {rule.LooksAt}; {rule.Source}";
    }
}

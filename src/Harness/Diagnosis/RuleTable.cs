namespace TlsInterop.Harness.Diagnosis;

/// <summary>Every cause that is known, as a table.</summary>
public static class RuleTable
{
    /// <summary>Of each its id and the cause, and below them what it looks at and the source.</summary>
    /// <returns>What stands left of each sentence, and the sentence.</returns>
    public static IEnumerable<(string Start, string Sentence)> Lines()
    {
        var id = DiagnosisRules.All.Max(rule => rule.Id.Length);
        foreach (var rule in DiagnosisRules.All)
        {
            yield return ($"{rule.Id.PadRight(id)}  ", rule.Cause);
            yield return ("    looks at  ", rule.LooksAt);
            yield return ("    source    ", rule.Source);
        }
    }
}

namespace TlsInterop.Harness.Diagnosis.Logs;

/// <summary>What logs add to what the wire shows.</summary>
internal static class LogEvidence
{
    /// <summary>How far a log takes what is left of the doubt: by half.</summary>
    private const int DoubtLeft = 2;

    private const int LogAlone = 45;

    /// <summary>A suspicion with what logs say for it.</summary>
    public static Suspicion Added(DiagnosisEvidence seen, DiagnosisRule rule, Suspicion suspicion)
    {
        var hints = seen.HintsFor(rule.Id).ToList();
        if (hints.Count == 0 || rule.Kind != DiagnosisKind.Cause) return suspicion;
        return suspicion with
        {
            Confidence = suspicion.Confidence + (100 - suspicion.Confidence) / DoubtLeft,
            Because = $"{suspicion.Because}; {hints[0].Log} says so too",
            Evidence = [.. suspicion.Evidence, .. hints.Select(hint => hint.ToString())],
        };
    }

    /// <summary>What logs say where the wire is empty: a cause by name, and no more than a good guess.</summary>
    public static List<NamedCause> Alone(DiagnosisEvidence seen)
    {
        if (!seen.IsWireEmpty) return [];
        return
        [
            .. from hint in seen.Hints
               from id in hint.Pattern.Causes.Take(1)
               let rule = DiagnosisRules.All.FirstOrDefault(row => row.Id == id)
               where rule is { Kind: DiagnosisKind.Cause }
               select NamedCause.Of(rule, new Suspicion(
                   $"{hint.Log} tells of {hint.Pattern.Meaning}", LogAlone,
                   "the log alone says so: the capture has nothing of TLS", hint.ToString())),
        ];
    }
}

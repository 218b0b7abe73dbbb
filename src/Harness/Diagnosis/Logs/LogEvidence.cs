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
        var quoted = suspicion with { Evidence = [.. suspicion.Evidence, .. hints.Select(hint => hint.ToString())] };
        return hints.Find(hint => hint.Pattern.Weight != LogWeight.Mentions) is not { } speaker ? quoted : quoted with
        {
            Confidence = suspicion.Confidence + (100 - suspicion.Confidence) / DoubtLeft,
            Because = $"{suspicion.Because}; {speaker.Log} says so too",
        };
    }

    /// <summary>The causes that logs name where the wire alone shows none of those that they may mean.</summary>
    /// <param name="seen">All that is known.</param>
    /// <param name="said">Ids of what the wire shows.</param>
    public static IEnumerable<(DiagnosisRule Rule, NamedCause Cause)> Named(
        DiagnosisEvidence seen, IReadOnlySet<string> said)
    {
        if (seen.IsWireEmpty || seen.IsComplete) return [];
        return (from hint in seen.Hints
                where hint.Pattern.Weight == LogWeight.Names && !hint.Pattern.Causes.Any(said.Contains)
                let id = hint.Pattern.Causes.FirstOrDefault(id => LogFit.Of(seen, id) > 0)
                let rule = DiagnosisRules.All.FirstOrDefault(row => row.Id == id)
                where rule is { Kind: DiagnosisKind.Cause }
                select (rule, NamedCause.Of(rule, new Suspicion(
                    $"{rule.Cause}: {Tells(hint)}", LogFit.Of(seen, rule.Id),
                    $"{hint.Log} says so, and nothing in the capture speaks against it",
                    hint.ToString(), seen.Ending.InWords))))
            .DistinctBy(row => row.rule.Id);
    }

    /// <summary>What logs say where the wire is empty: a cause by name, and no more than a good guess.</summary>
    public static List<NamedCause> Alone(DiagnosisEvidence seen)
    {
        if (!seen.IsWireEmpty) return [];
        return
        [
            .. from hint in seen.Hints
               where hint.Pattern.Weight != LogWeight.Mentions
               from id in hint.Pattern.Causes.Take(1)
               let rule = DiagnosisRules.All.FirstOrDefault(row => row.Id == id)
               where rule is { Kind: DiagnosisKind.Cause }
               select NamedCause.Of(rule, new Suspicion(
                   Tells(hint), LogAlone, "the log alone says so: the capture has nothing of TLS", hint.ToString())),
        ];
    }

    private static string Tells(LogHint hint) =>
        $"{hint.Log} {(hint.Pattern.Meaning.StartsWith("that ", StringComparison.Ordinal) ? "says" : "tells of")} "
        + hint.Pattern.Meaning;
}

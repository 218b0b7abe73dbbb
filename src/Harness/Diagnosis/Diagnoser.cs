using TlsInterop.Harness.Diagnosis.Logs;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Harness.Diagnosis;

/// <summary>Says why a connection went as it did: named causes with their evidence, the likeliest first.</summary>
public static class Diagnoser
{
    /// <summary>A suspicion below this is no more than a word.</summary>
    private const int LeastConfidence = 15;

    private const int LeastOfComplete = 50;

    private const int MostCauses = 5;

    /// <summary>From here on a cause that is known makes the general ones superfluous.</summary>
    private const int Known = 55;

    /// <summary>Explains a connection. Foreign bytes never make it throw.</summary>
    /// <param name="connection">The connection as it was decoded.</param>
    /// <param name="context">What is known beside it; null for nothing.</param>
    public static DiagnosisResult Explain(DecodedConnection connection, DiagnosisContext? context = null)
    {
        var evidence = new DiagnosisEvidence(connection, context ?? new());
        var said = DiagnosisRules.All
            .Select(rule => (Rule: rule, Suspicion: rule.Look(evidence)))
            .Where(row => row.Suspicion is not null)
            .Select(row => (row.Rule, Cause: NamedCause.Of(
                row.Rule, LogEvidence.Added(evidence, row.Rule, row.Suspicion!))))
            .ToList();
        // Of a handshake that went through a faint suspicion is none.
        var least = evidence.IsComplete ? LeastOfComplete : LeastConfidence;
        var shown = said.Where(row => row.Rule.Kind == DiagnosisKind.Cause && row.Cause.Confidence >= least).ToList();
        var causes = Ranked(shown.Concat(
            LogEvidence.Named(evidence, shown.Select(row => row.Rule.Id).ToHashSet())));
        if (causes.Count == 0) causes = LogEvidence.Alone(evidence);
        return new()
        {
            Summary = ConnectionSentence.Of(evidence),
            IsHealthy = evidence.IsComplete && causes.Count == 0 && !evidence.HasFault,
            LacksKeys = evidence.LacksKeys,
            Causes = causes,
            WorthKnowing = Of(said, DiagnosisKind.WorthKnowing),
            NotTheCause = Of(said, DiagnosisKind.NotTheCause),
            Collect = Collection.Of(evidence, causes),
        };
    }

    private static List<NamedCause> Ranked(IEnumerable<(DiagnosisRule Rule, NamedCause Cause)> said)
    {
        var ranked = said.OrderByDescending(row => row.Cause.Confidence).ToList();
        var isKnown = ranked.Exists(row => row.Cause.Confidence >= Known);
        return
        [
            .. ranked.Where((row, index) => !isKnown || !row.Rule.IsGeneral || index == 0)
                .Select(row => row.Cause).Take(MostCauses),
        ];
    }

    private static List<NamedCause> Of(
        IEnumerable<(DiagnosisRule Rule, NamedCause Cause)> said, DiagnosisKind kind) =>
        [.. said.Where(row => row.Rule.Kind == kind).Select(row => row.Cause)];
}

using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Diagnosis.Logs;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary>That a log which was given says nothing that is known.</summary>
internal static class LogRemarks
{
    /// <summary>A remark for each log that is empty, or of which no line is understood.</summary>
    public static IEnumerable<string> Of(ExplainArguments arguments, DiagnosisContext context) =>
        Of("--server-log", arguments.ServerLog, context.ServerLog)
            .Concat(Of("--client-log", arguments.ClientLog, context.ClientLog));

    private static IEnumerable<string> Of(string option, string? path, LogText? log)
    {
        if (log is null) yield break;
        var lines = log.Lines.Count(line => !string.IsNullOrWhiteSpace(line));
        if (lines == 0)
            yield return $"{option} {path}: it is empty\n  remedy: see that the program logs there, and what it logs";
        else if (LogPatterns.Hints(log).Count == 0)
            yield return $"{option} {path}: {Plural.Of(lines, "line")} read, none understood: none tells of a failure "
                + "in words that are known\n  remedy: let the program log more of TLS; the causes that are known: "
                + "explain --rules";
    }
}

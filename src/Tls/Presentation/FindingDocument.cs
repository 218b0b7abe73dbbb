using System.ComponentModel;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Presentation;

/// <summary>A finding as a program reads it.</summary>
internal sealed record FindingDocument(
    [property: Description("Id of the rule")] string Rule,
    [property: Description("error, warning or note")] string Severity,
    [property: Description("What was expected and what was there")] string Message,
    [property: Description("Where the rule comes from")] string Rfc,
    [property: Description("Who is concerned: client or server; missing if it is both")] string? From,
    [property: Description("What the rule demands")] string Sentence,
    [property: Description("Frame that shows it, from 1; missing if there is none")] long? Frame,
    [property: Description("Record of that end, from 1; missing if it is in none")] long? Record,
    [property: Description("Where the bytes stand in their handshake message, else in their record")] int? Offset,
    [property: Description("The first octets that show it, in hexadecimal")] string? Bytes)
{
    public static IReadOnlyList<FindingDocument> Of(IReadOnlyList<Finding> findings)
    {
        var documents = new FindingDocument[findings.Count];
        for (var i = 0; i < documents.Length; i++) documents[i] = Of(findings[i]);
        return documents;
    }

    private static FindingDocument Of(Finding finding) => new(
        finding.RuleId,
        Word(finding.Severity),
        finding.Message,
        finding.Rfc,
        finding.Direction is { } direction ? SummaryText.Sender(direction) : null,
        finding.Sentence,
        finding.Frame > 0 ? finding.Frame : null,
        finding.Record,
        finding.Offset,
        finding.Bytes.Length > 0 ? finding.Bytes : null);

    internal static string Word(Severity severity) => severity switch
    {
        Verification.Severity.Error => "error",
        Verification.Severity.Warning => "warning",
        _ => "note",
    };
}

using System.Text.Json.Nodes;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Import;

/// <summary>What was recovered, for programs.</summary>
public static class ImportJson
{
    /// <summary>One object; null stands for what the report does not tell.</summary>
    /// <param name="imported">What was recovered.</param>
    /// <param name="written">Where the profile was written, or null.</param>
    public static JsonObject Of(ImportedConnection imported, string? written)
    {
        var prints = ImportText.Fingerprints(imported);
        return new()
        {
            ["form"] = imported.Form,
            ["connection"] = imported.Number,
            ["others"] = Words(imported.Others),
            ["client"] = imported.Hello is { } hello ? Of(hello, prints) : null,
            ["server"] = Of(imported.Answer),
            ["steps"] = new JsonArray([.. imported.Steps.Select(Of)]),
            ["closing"] = imported.Closing is { } closing ? Of(closing) : null,
            ["findings"] = new JsonArray([.. imported.Findings.Select(finding => new JsonObject
            {
                ["text"] = finding.Text, ["with"] = finding.With, ["triggers"] = Words(finding.Triggers),
            })]),
            ["guesses"] = Words(imported.Guesses),
            ["remarks"] = Words(imported.Remarks),
            ["profile"] = written,
        };
    }

    private static JsonObject Of(ImportedHello hello, (string Ja3, string Ja4, bool IsSent)? prints) => new()
    {
        ["version"] = hello.Version?.Id,
        ["record_version"] = hello.RecordVersion?.Id,
        ["session_id_length"] = hello.SessionIdLength,
        ["suites"] = hello.Suites is { } suites ? Words(suites.Select(suite => suite.ToString())) : null,
        ["compression"] =
            hello.CompressionMethods is { } methods ? Words(methods.Select(method => method.ToString())) : null,
        ["extensions"] = hello.Extensions is { } extensions
            ? new JsonArray([.. extensions.Select(extension => new JsonObject
            {
                ["type"] = extension.Type.ToString(),
                ["words"] = hello.Untold.Contains(extension.Type) ? null : Words(extension.Words),
            })])
            : null,
        ["server_name"] = hello.ServerName,
        ["ja3"] = prints?.Ja3,
        ["ja4"] = prints?.Ja4,
        ["is_sent"] = prints?.IsSent ?? false,
        ["incomplete"] = hello.Incomplete is { } part
            ? new JsonObject { ["octets"] = part.Octets, ["of"] = part.Of }
            : null,
    };

    private static JsonObject Of(ImportedAnswer answer) => new()
    {
        ["version"] = answer.Version?.Id,
        ["suite"] = answer.Suite?.ToString(),
        ["group"] = answer.Group,
        ["alpn"] = answer.Alpn,
        ["hello_retry_request"] = answer.HasHelloRetryRequest,
        ["certificates"] = Words(answer.Certificates),
    };

    private static JsonObject Of(ImportedStep step) => new()
    {
        ["from"] = step.From switch
        {
            Direction.ClientToServer => "client",
            Direction.ServerToClient => "server",
            _ => null,
        },
        ["what"] = step.What,
        ["alert"] = step.Alert?.Description.ToString(),
    };

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => JsonValue.Create(word))]);
}

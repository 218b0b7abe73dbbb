using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TlsInterop.Harness.Workers;

/// <summary>The form of a worker's lines: camel case, one object a line, unknown members refused.</summary>
internal static class WorkerJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        // Read by programs and in logs, never put into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One line with its line feed.</summary>
    public static byte[] Write<T>(T message) => [.. JsonSerializer.SerializeToUtf8Bytes(message, Options), (byte)'\n'];

    /// <summary>The message of one line; null for the word null.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static T? Read<T>(string line) => JsonSerializer.Deserialize<T>(line, Options);

    /// <summary>Reads a request; null if the line is none, and then there is an answer that says so.</summary>
    public static WorkerRequest? ReadRequest(string line, out WorkerAnswer? refusal)
    {
        var fault = "null";
        WorkerRequest? request = null;
        try
        {
            request = Read<WorkerRequest>(line);
        }
        catch (JsonException wrong)
        {
            fault = wrong.Message;
        }
        refusal = request is null ? new() { Exit = WorkerExit.BadRequest, Output = "not a request: " + fault } : null;
        return request;
    }
}

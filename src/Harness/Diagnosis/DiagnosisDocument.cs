using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Harness.Diagnosis;

/// <summary>A diagnosis for a program; its names are those of the text in snake case.</summary>
/// <param name="Connection">Number of the connection in its capture, from 1.</param>
/// <param name="Client">Address and port.</param>
/// <param name="Server">Address and port.</param>
/// <param name="Diagnosis">What is said of it.</param>
public sealed record DiagnosisDocument(int Connection, string Client, string Server, DiagnosisResult Diagnosis)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Read by programs, never put into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static DiagnosisDocument Of(TcpConnectionInfo info, DiagnosisResult result) =>
        new(info.Number, info.Client.ToString(), info.Server.ToString(), result);

    /// <summary>All of them as one document: an array.</summary>
    public static string Text(IReadOnlyList<DiagnosisDocument> documents) =>
        JsonSerializer.Serialize(documents, Options);
}

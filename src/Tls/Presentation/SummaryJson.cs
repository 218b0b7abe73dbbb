using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TlsInterop.Tls.Presentation;

/// <summary>Summaries as JSON, one a line.</summary>
public static class SummaryJson
{
    /// <summary>How the writers here are set: UTF-8 stays readable, nothing goes into a web page.</summary>
    internal static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes one JSON object without a line end.</summary>
    /// <param name="writer">It is flushed.</param>
    /// <param name="summary">What to write.</param>
    public static void Write(Utf8JsonWriter writer, ConnectionSummary summary)
    {
        JsonSerializer.Serialize(writer, SummaryDocument.Of(summary), SummaryJsonContext.Default.SummaryDocument);
        writer.Flush();
    }

    /// <summary>A writer that <see cref="Write"/> may use.</summary>
    public static Utf8JsonWriter CreateWriter(System.Buffers.IBufferWriter<byte> destination) =>
        new(destination, WriterOptions);
}

/// <summary>Compiled ahead: a summary is written without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SummaryDocument))]
internal sealed partial class SummaryJsonContext : JsonSerializerContext;

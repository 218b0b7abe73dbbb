using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TlsInterop.Tls.Presentation;

/// <summary>Summaries as JSON, one a line.</summary>
public static class SummaryJson
{
    /// <summary>How to set a writer: UTF-8 stays readable, for nothing here goes into a web page.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>A writer as it is needed here; it may be used for many objects, after a reset each.</summary>
    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> destination) => new(destination, WriterOptions);

    /// <summary>Writes one JSON object without a line end.</summary>
    /// <param name="writer">Where to; it is flushed.</param>
    /// <param name="summary">What to write.</param>
    public static void Write(Utf8JsonWriter writer, ConnectionSummary summary) =>
        JsonSerializer.Serialize(writer, SummaryDocument.Of(summary), SummaryJsonContext.Default.SummaryDocument);
}

/// <summary>Compiled ahead: a summary is written without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SummaryDocument))]
internal sealed partial class SummaryJsonContext : JsonSerializerContext;

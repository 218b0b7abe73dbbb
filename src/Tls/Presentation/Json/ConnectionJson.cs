using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Presentation.Json;

/// <summary>Connections as JSON with everything that there is to tell: every message, every field.</summary>
public static class ConnectionJson
{
    /// <summary>How documents are written.</summary>
    internal static JsonSerializerOptions Options { get; } = MakeOptions();

    /// <summary>Writes one JSON object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="findings">What the rules found.</param>
    public static void Write(Utf8JsonWriter writer, CapturedConnection connection, IReadOnlyList<Finding> findings) =>
        JsonSerializer.Serialize(writer, ConnectionDocument.Of(connection, findings), Options);

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { DocumentContract.Apply } },
            Converters =
            {
                new CodePointConverter(), new HexConverter(), new HexArrayConverter(), new FrameStampConverter(),
                new DirectionConverter(), new AddressConverter(),
                new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower),
            },
        };
        options.MakeReadOnly();
        return options;
    }
}

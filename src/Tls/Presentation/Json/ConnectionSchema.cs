using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Presentation.Json;

/// <summary>The JSON schema of what is written here, made of the very types that are written.</summary>
/// <remarks>https://json-schema.org/draft/2020-12</remarks>
public static class ConnectionSchema
{
    private const string Definitions = "$defs";

    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Transform,
    };

    /// <summary>The schema with a line end behind it.</summary>
    public static string Text { get; } =
        Schema().ToJsonString(new(ConnectionJson.Options) { WriteIndented = true, NewLine = "\n" }) + "\n";

    private static JsonObject Schema() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "What 'tlsinterop decode' writes as JSON",
        ["description"] = "--format json: one document. --format jsonl: one 'connection' a line. "
            + "--summary --format jsonl: one 'summary' a line. A property that is not known is left out.",
        ["anyOf"] = new JsonArray(Reference("document"), Reference("connection"), Reference("summary")),
        [Definitions] = new JsonObject
        {
            ["document"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["connections"] = new JsonObject { ["type"] = "array", ["items"] = Reference("connection") },
                },
                ["required"] = new JsonArray("connections"),
            },
            ["connection"] = Definition("connection", ConnectionJson.Options, typeof(ConnectionDocument)),
            ["summary"] = Definition("summary", SummaryJsonContext.Default.Options, typeof(SummaryDocument)),
        },
    };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/{Definitions}/{name}" };

    private static JsonNode Definition(string name, JsonSerializerOptions options, Type type)
    {
        var schema = options.GetJsonSchemaAsNode(type, Exporter);
        Rebase(schema, $"#/{Definitions}/{name}");
        return schema;
    }

    // References count from the root of what was exported, which is no root any more.
    private static void Rebase(JsonNode? node, string root)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) Rebase(item, root);
            return;
        }
        if (node is not JsonObject properties) return;
        foreach (var (name, value) in properties.ToList())
        {
            if (name == "$ref" && value is JsonValue reference) properties[name] = root + reference.GetValue<string>()[1..];
            else Rebase(value, root);
        }
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var node = Converted(context.TypeInfo.Type) ?? schema;
        if (Description(context) is { } text && node is JsonObject described) described.Insert(0, "description", text);
        return node;
    }

    // What a converter writes, the exporter can't know.
    private static JsonObject? Converted(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(ReadOnlyMemory<byte>) || bare == typeof(byte[]))
            return new() { ["type"] = "string", ["pattern"] = "^([0-9a-f]{2})*$" };
        if (bare == typeof(Direction)) return new() { ["enum"] = new JsonArray("client", "server") };
        if (bare == typeof(FrameStamp))
            return Object(("frame", "integer"), ("time", "string"));
        return new CodePointConverter().CanConvert(bare) ? Object(("code", "integer"), ("name", "string")) : null;
    }

    private static JsonObject Object(params (string Name, string Type)[] properties) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(properties.Select(property =>
            KeyValuePair.Create(property.Name, (JsonNode?)new JsonObject { ["type"] = property.Type }))),
        ["required"] = new JsonArray([.. properties.Select(property => (JsonNode?)property.Name)]),
    };

    private static string? Description(JsonSchemaExporterContext context) =>
        context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true)
            is [DescriptionAttribute { Description: var text }, ..] ? text : null;
}

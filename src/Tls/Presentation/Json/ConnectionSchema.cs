using System.ComponentModel;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Presentation.Json;

/// <summary>The JSON schema of what is written here, made of the very types that are written.</summary>
/// <remarks>https://json-schema.org/draft/2020-12</remarks>
public static class ConnectionSchema
{
    private const string Definitions = "$defs";
    private const string Hex = "hex";
    private const string Sender = "sender";
    private const string Place = "place";
    private const string Address = "address";
    private const string CodePoint = "code_point";

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
            [Hex] = new JsonObject
            {
                ["description"] = "Opaque octets in hexadecimal", ["type"] = "string", ["pattern"] = "^([0-9a-f]{2})*$",
            },
            [Sender] = new JsonObject { ["description"] = "Who sent it", ["enum"] = new JsonArray("client", "server") },
            [Address] = new JsonObject { ["description"] = "Address of IPv4 or IPv6", ["type"] = "string" },
            [Place] = Object("Frame of the capture, from 1, and its time (RFC 3339)",
                ("frame", "integer"), ("time", "string")),
            [CodePoint] = Object("A value of a registry; its name is hexadecimal if it has none",
                ("code", "integer"), ("name", "string")),
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
            if (name != "$ref" || value is not JsonValue reference) Rebase(value, root);
            else if (!reference.GetValue<string>().StartsWith($"#/{Definitions}/", StringComparison.Ordinal))
                properties[name] = root + reference.GetValue<string>()[1..];
        }
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var node = Converted(context.TypeInfo.Type) is { } name ? Reference(name) : schema;
        if (node is not JsonObject properties) return node;
        if (properties.ContainsKey("required") && context.TypeInfo.Kind == JsonTypeInfoKind.Object)
            Require(properties, context.TypeInfo);
        if (Description(context) is { } text) properties.Insert(0, "description", text);
        return node;
    }

    // The exporter asks for what a constructor takes; here what is null is not written.
    private static void Require(JsonObject schema, JsonTypeInfo type)
    {
        var always = type.Properties
            .Where(property => property is { Get: not null, IsGetNullable: false, ShouldSerialize: null }
                && Nullable.GetUnderlyingType(property.PropertyType) is null)
            .Select(property => (JsonNode?)property.Name);
        var kinds = schema["required"]!.AsArray().Where(name => schema["properties"]?[name!.GetValue<string>()] is null)
            .Select(name => name!.DeepClone());
        schema["required"] = new JsonArray([.. kinds, .. always]);
    }

    // What a converter writes, the exporter can't know.
    private static string? Converted(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare == typeof(ReadOnlyMemory<byte>) || bare == typeof(byte[]) ? Hex
            : bare == typeof(Direction) ? Sender
            : bare == typeof(FrameStamp) ? Place
            : bare == typeof(IPAddress) ? Address
            : new CodePointConverter().CanConvert(bare) ? CodePoint
            : null;
    }

    private static JsonObject Object(string description, params (string Name, string Type)[] properties) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["properties"] = new JsonObject(properties.Select(property =>
            KeyValuePair.Create(property.Name, (JsonNode?)new JsonObject { ["type"] = property.Type }))),
        ["required"] = new JsonArray([.. properties.Select(property => (JsonNode?)property.Name)]),
    };

    private static string? Description(JsonSchemaExporterContext context) =>
        context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true)
            is [DescriptionAttribute { Description: var text }, ..] ? text : null;
}

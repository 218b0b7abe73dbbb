using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// How the files of a run are written and read. They come from other machines too: what a record needs has to be there,
/// and nothing in it is null that may not be, so that whoever reads it need not look again.
/// </summary>
internal static class RunJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Require } },
    };

    /// <summary>The same for a file that people look into.</summary>
    public static readonly JsonSerializerOptions Indented = new(Options) { WriteIndented = true };

    private static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            // Null is not written, so a parameter that may be null may be absent; one that may not has to be there.
            if (property is { AssociatedParameter: { HasDefaultValue: false, IsNullable: false }, IsSetNullable: false }
                && !property.PropertyType.IsValueType)
                property.IsRequired = true;
        }
        var lists = type.Properties.Where(property =>
            typeof(System.Collections.IEnumerable).IsAssignableFrom(property.PropertyType)
            && property.PropertyType != typeof(string)).ToList();
        if (type.Kind != JsonTypeInfoKind.Object || lists.Count == 0) return;
        type.OnDeserialized = read =>
        {
            foreach (var list in lists)
            {
                if (list.Get?.Invoke(read) is System.Collections.IEnumerable items && items.Cast<object?>().Contains(null))
                    throw new JsonException($"'{list.Name}' holds a null");
            }
        };
    }
}

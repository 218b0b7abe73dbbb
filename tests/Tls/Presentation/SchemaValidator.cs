using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TlsInterop.Tls.Tests.Presentation;

/// <summary>
/// Checks a document against what the schema of this project uses of JSON Schema; and that it has no property that the
/// schema does not tell of.
/// </summary>
internal sealed class SchemaValidator(JsonNode root)
{
    private static readonly HashSet<string> Known =
    [
        "$schema", "title", "description", "$defs", "$ref", "type", "properties", "required", "items", "anyOf", "enum",
        "const", "pattern", "format", "default",
    ];

    /// <summary>What does not fit, by place; none if all does.</summary>
    public IEnumerable<string> Problems(JsonNode? value, string definition) =>
        Check(value, root["$defs"]![definition]!, "", []);

    private IEnumerable<string> Check(JsonNode? value, JsonNode schema, string at, HashSet<string> outer)
    {
        if (schema is not JsonObject rules) return schema.GetValue<bool>() ? [] : [$"{at}: nothing is allowed here"];
        if (rules.Select(rule => rule.Key).FirstOrDefault(rule => !Known.Contains(rule)) is { } unknown)
            return [$"{at}: this validator does not know '{unknown}'"];
        if (rules["$ref"] is { } reference) return Check(value, Resolve(reference.GetValue<string>()), at, outer);
        return CheckType(value, rules, at)
            .Concat(CheckValue(value, rules, at))
            .Concat(CheckObject(value, rules, at, outer))
            .Concat(CheckItems(value, rules, at));
    }

    private JsonNode Resolve(string reference)
    {
        var node = root;
        foreach (var step in reference.Split('/').Skip(1))
            node = (node is JsonArray array ? array[int.Parse(step)] : node[step])
                ?? throw new InvalidOperationException($"{reference} leads nowhere at {step}");
        return node;
    }

    private static IEnumerable<string> CheckType(JsonNode? value, JsonObject rules, string at)
    {
        if (rules["type"] is not { } type) yield break;
        var types = type is JsonArray many ? many.Select(one => one!.GetValue<string>()) : [type.GetValue<string>()];
        var actual = value switch
        {
            null => "null",
            JsonObject => "object",
            JsonArray => "array",
            JsonValue leaf => leaf.GetValueKind() switch
            {
                System.Text.Json.JsonValueKind.String => "string",
                System.Text.Json.JsonValueKind.Number => "number",
                _ => "boolean",
            },
            _ => "?",
        };
        if (!types.Any(name => name == actual || (name == "integer" && actual == "number")))
            yield return $"{at}: Expected {string.Join(" or ", types)}. Got: {actual}";
    }

    private static IEnumerable<string> CheckValue(JsonNode? value, JsonObject rules, string at)
    {
        if (rules["const"] is { } only && !JsonNode.DeepEquals(only, value))
            yield return $"{at}: Expected {only}. Got: {value}";
        if (rules["enum"] is JsonArray choice && !choice.Any(item => JsonNode.DeepEquals(item, value)))
            yield return $"{at}: Expected one of {choice.ToJsonString()}. Got: {value}";
        if (rules["pattern"] is { } pattern && value is JsonValue text
            && !Regex.IsMatch(text.GetValue<string>(), pattern.GetValue<string>()))
            yield return $"{at}: Expected {pattern}. Got: {text}";
    }

    private IEnumerable<string> CheckObject(JsonNode? value, JsonObject rules, string at, HashSet<string> outer)
    {
        if (value is not JsonObject actual) yield break;
        var properties = rules["properties"] as JsonObject ?? [];
        foreach (var name in rules["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [])
            if (!actual.ContainsKey(name)) yield return $"{at}: {name} is missing";
        foreach (var (name, item) in actual)
        {
            if (properties[name] is not { } rule) continue;
            foreach (var problem in Check(item, rule, $"{at}/{name}", [])) yield return problem;
        }
        HashSet<string> told = [.. outer, .. properties.Select(property => property.Key)];
        if (rules["anyOf"] is JsonArray kinds)
        {
            var results = kinds.Select(kind => Check(actual, kind!, at, told).ToList()).ToList();
            if (!results.Exists(problems => problems.Count == 0))
            {
                // The kind that it says to be tells what is wrong; the others only that they are others.
                var byCloseness = results.OrderBy(problems => problems.Exists(IsOtherKind))
                    .ThenBy(problems => problems.Count);
                foreach (var problem in byCloseness.First()) yield return problem;
            }
        }
        else if (rules.ContainsKey("properties"))
        {
            foreach (var (name, _) in actual)
                if (!told.Contains(name)) yield return $"{at}: {name} is not in the schema";
        }
    }

    private static bool IsOtherKind(string problem) =>
        problem.Contains("/kind: ", StringComparison.Ordinal) || problem.Contains("/event: ", StringComparison.Ordinal);

    private IEnumerable<string> CheckItems(JsonNode? value, JsonObject rules, string at) =>
        value is JsonArray list && rules["items"] is { } rule
            ? list.SelectMany((item, index) => Check(item, rule, $"{at}/{index}", []))
            : [];
}

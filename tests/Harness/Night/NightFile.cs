using NJsonSchema;
using TlsInterop.Harness.Tests.Matrix;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace TlsInterop.Harness.Tests.Night;

/// <summary>A YAML file that steers a night.</summary>
internal static class NightFile
{
    /// <summary>What a file has that its schema does not allow.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string file, string schema)
    {
        var rules = await JsonSchema.FromJsonAsync(
            await File.ReadAllTextAsync(RepositoryFiles.Find($"tests/Harness/Night/{schema}")));
        return [.. rules.Validate(Json(file)).Select(error => $"{error.Path}: {error.Kind}")];
    }

    /// <summary>The file's root.</summary>
    public static YamlMappingNode Read(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(file)));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    /// <summary>What stands under a path of keys; null if nothing does.</summary>
    public static YamlNode? At(YamlNode node, params string[] keys)
    {
        foreach (var key in keys)
        {
            if (node is not YamlMappingNode mapping || !mapping.Children.TryGetValue(key, out var child)) return null;
            node = child;
        }
        return node;
    }

    // Numbers and truths are texts here, as a schema for YAML has to take them.
    private static string Json(string file) => new SerializerBuilder().JsonCompatible().Build().Serialize(
        new DeserializerBuilder().Build().Deserialize(File.ReadAllText(file))!);
}

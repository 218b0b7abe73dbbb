using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace TlsInterop.Harness.Matrix;

/// <summary>What is wrong with a file that is read into objects, in the words of the file.</summary>
internal static partial class YamlFault
{
    /// <summary>The sentence: of an unknown key, with the known ones.</summary>
    public static string Of(YamlException wrong)
    {
        var message = wrong.InnerException?.Message ?? wrong.Message;
        return UnknownProperty().Match(message) is { Success: true } unknown
            && typeof(YamlFault).Assembly.GetType(unknown.Groups["type"].Value) is { } type
            ? NearMatch.Unknown("key", unknown.Groups["key"].Value, KeysOf(type))
            : message;
    }

    private static IEnumerable<string> KeysOf(Type type) =>
        type.GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true }
                && !property.IsDefined(typeof(YamlIgnoreAttribute), inherit: true))
            .Select(property => HyphenatedNamingConvention.Instance.Apply(property.Name));

    // YamlDotNet names the type that it fills.
    [GeneratedRegex("^Property '(?<key>.*)' not found on type '(?<type>.*)'\\.$", RegexOptions.Singleline, 1000)]
    private static partial Regex UnknownProperty();
}

using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Endpoints;

/// <summary>What is wrong with an <c>endpoint.yaml</c> that can be read.</summary>
/// <param name="Problem">The sentence.</param>
/// <param name="At">The keys that lead to it, from the file's; a word of a list may be the last.</param>
internal sealed record EndpointFault(string Problem, params IReadOnlyList<string> At)
{
    /// <summary>Where it stands: <c>file:line:column</c>, of the last of its keys that the file has.</summary>
    public string In(string file)
    {
        var value = YamlFile.Load(file).Root;
        var place = value;
        foreach (var word in At)
        {
            (var key, value) = Below(value, word);
            if (key is null) break;
            place = key;
        }
        return place is null ? file : $"{file}:{place.Line}:{place.Column}";
    }

    private static (YamlValue? Key, YamlValue? Value) Below(YamlValue? value, string word) => value switch
    {
        YamlMapping mapping => mapping.Entries.FirstOrDefault(entry => entry.Key.Text == word),
        YamlSequence list =>
            (list.Items.FirstOrDefault(item => item is YamlScalar scalar && scalar.Text == word), null),
        _ => default,
    };
}

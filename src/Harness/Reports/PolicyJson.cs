using System.Text.Json.Nodes;
using TlsInterop.Harness.Predictions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Reports;

/// <summary>What a server takes of its clients' offers, for programs.</summary>
public static class PolicyJson
{
    /// <summary>
    /// One object with <c>versions</c> by their names in cell ids. Of what there is an order in: <c>ranks</c>, lists of
    /// names, best first, in each of which the client's order decides; <c>proven</c> is false where a question was
    /// answered otherwise, or nothing is known. <c>overtakes</c>: for a group, those that its key share goes before.
    /// </summary>
    public static JsonObject Of(ServerPolicy policy) =>
        new() { ["versions"] = Object(policy.Versions, version => Of(version)) };

    private static JsonObject Of(VersionPolicy version) => new()
    {
        ["suites"] = Of(version.Suites, code => new CipherSuite(code).ToString()),
        ["groups"] = Of(version.Groups, Group),
        ["shares"] = Of(version.Shared, Group),
        ["schemes"] = Of(version.Schemes, code => new SignatureScheme(code).ToString()),
        ["overtakes"] = Object(
            version.Overtaken.ToDictionary(entry => Group(entry.Key), entry => entry.Value),
            others => Names(others, Group)),
        ["extended_master_secret"] = version.ExtendedMasterSecret,
        ["encrypt_then_mac"] = version.EncryptThenMac,
    };

    private static JsonObject Of(Preference preference, Func<ushort, string> name) => new()
    {
        ["ranks"] = new JsonArray([.. preference.Ranks.Select(rank => Names(rank, name))]),
        ["proven"] = preference.IsProven,
    };

    private static JsonArray Names(IEnumerable<ushort> codes, Func<ushort, string> name) =>
        new([.. codes.Select(code => JsonValue.Create(name(code)))]);

    private static JsonObject Object<T>(IReadOnlyDictionary<string, T> entries, Func<T, JsonNode> value) =>
        new(entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)value(entry.Value))));

    private static string Group(ushort code) => new NamedGroup(code).ToString();
}

using System.Text;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Endpoints;

/// <summary>Words a request for one stack: the shell variables that its commands use.</summary>
/// <param name="endpoint">The stack's own words.</param>
public sealed class RequestWords(EndpointDefinition endpoint)
{
    /// <summary>The host name that clients ask for and certificates are made out to.</summary>
    public const string ServerName = "tlsinterop.test";

    private readonly NamingScheme _names = NamingScheme.Find(endpoint.Names)!;

    /// <summary>
    /// Assignments of all variables, ready to stand before a command; null if the stack has no word for what is asked.
    /// </summary>
    /// <param name="request">What is asked.</param>
    /// <param name="role">Who is asked.</param>
    /// <param name="shared">The run's shared folder as the endpoint sees it.</param>
    /// <param name="host">Address of the server, for clients.</param>
    /// <param name="port">Port of the server.</param>
    public string? Assignments(CellRequest request, EndpointRole role, string shared, string host, int port)
    {
        var suite = request.Suite is null ? "" : Name(request.Suite, CipherSuites.Find(request.Suite), _names.Suite);
        var group = request.Group is null ? null : Name(request.Group, NamedGroups.Find(request.Group), _names.Group);
        var profile = CertificateProfile.Find(request.Certificate)!;
        if (suite is null || (request.Group is not null && group is null)) return null;

        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["suite"] = suite,
            ["group"] = group ?? "",
            ["host"] = host,
            ["port"] = port.ToString(),
            ["server_name"] = profile.ServerName,
            ["shared"] = shared,
        };
        var keys = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["group"] = group is null ? "none" : "*",
            ["request"] = request.Scenario.Name,
        };
        var asks = request.Scenario.Asks(role);
        foreach (var parameter in ScenarioParameter.All)
        {
            values[parameter.Variable] = asks.GetValueOrDefault(parameter.Name, "");
            keys[parameter.Variable] = asks.GetValueOrDefault(parameter.Name, "none");
        }
        var text = new StringBuilder();
        foreach (var (variable, words) in endpoint.Words)
        {
            // Most words depend on the version; those of the table above on something else.
            if (Pick(words, keys.GetValueOrDefault(variable, request.Version?.Id ?? "none")) is not { } word)
            {
                if (variable == "version") return null;
                word = "";
            }
            values[variable] =
                values.Aggregate(word, (sentence, value) => sentence.Replace($"{{{value.Key}}}", value.Value));
        }
        Assign(text, "CA", $"{shared}/root.pem");
        Assign(text, "CERTIFICATE", $"{shared}/{request.Certificate}.pem");
        Assign(text, "CHAIN", profile.Sends.Count > 0 ? $"{shared}/{request.Certificate}.chain.pem" : "");
        Assign(text, "OCSP_RESPONSE", $"{shared}/{request.Certificate}.ocsp");
        Assign(text, "KEY", $"{shared}/{request.Certificate}.key");
        foreach (var (variable, value) in values) Assign(text, variable.ToUpperInvariant(), value);
        foreach (var (variable, value) in endpoint.Environment)
            text.Append("export ").Append(variable).Append('=').Append(Shell.Quote(value)).Append("; ");
        return text.ToString();
    }

    private static string? Pick(Dictionary<string, string> words, string key) =>
        words.TryGetValue(key, out var word) || (key != "none" && words.TryGetValue("*", out word)) ? word : null;

    // A name that no registry has goes to the stack as it is: the contract check asks for nonsense.
    private static string? Name<T>(string asked, T? row, Func<T, string?> name) where T : class =>
        row is null ? asked : name(row);

    private static void Assign(StringBuilder text, string variable, string value) =>
        text.Append(variable).Append('=').Append(Shell.Quote(value)).Append("; ");
}

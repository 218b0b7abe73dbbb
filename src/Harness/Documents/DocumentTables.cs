using System.Globalization;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Documents;

/// <summary>The tables of <c>docs/</c> that the code knows better than who writes there.</summary>
internal static class DocumentTables
{
    private static readonly Dictionary<string, Func<EndpointCatalogue, DocumentTable>> Rows =
        new(StringComparer.Ordinal)
    {
        ["commands"] = _ => Commands(),
        ["endpoints"] = Endpoints,
        ["scenarios"] = Scenarios,
        ["certificates"] = _ => Certificates(),
        ["quirks"] = _ => Quirks(),
        ["rules"] = _ => Rules(),
        ["suites"] = _ => Suites(),
    };

    /// <summary>What the tables are called.</summary>
    public static IReadOnlyCollection<string> Names => Rows.Keys;

    /// <summary>A table; null if there is none of that name.</summary>
    public static DocumentTable? Find(string name, EndpointCatalogue catalogue) =>
        Rows.GetValueOrDefault(name)?.Invoke(catalogue);

    private static DocumentTable Commands() => new(
        ["command", "what it does"],
        CommandTree.Create().Subcommands.Where(command => !command.Hidden)
            .Select(command => new[] { $"`{command.Name}`", command.Description ?? "" }));

    private static DocumentTable Endpoints(EndpointCatalogue catalogue) => new(
        ["endpoint", "what it is", "roles", "versions", "scenarios as server, as client"],
        catalogue.Definitions.Values.OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => new[]
        {
            $"`{row.Name}`", row.Description,
            string.Join(", ", new[] { row.Server is null ? null : "server", row.Client is null ? null : "client" }
                .Where(role => role is not null)),
            row.VersionNames().Any() ? string.Join(" ", row.VersionNames()) : "of the machine",
            string.Join(", ", catalogue.Endpoints.Where(offer => offer.Name == row.Name)
                .Select(offer => $"{offer.ServerScenarios.Count}, {offer.ClientScenarios.Count}")),
        }));

    private static DocumentTable Scenarios(EndpointCatalogue catalogue) => new(
        ["scenario", "what it does", "connections", "ends with"],
        catalogue.Scenarios.Values.OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => new[]
        {
            $"`{row.Name}`", row.Description, row.Visits.ToString(CultureInfo.InvariantCulture), $"{row.Outcome}",
        }));

    private static DocumentTable Certificates() => new(
        ["certificate", "what it is", "its fault"],
        CertificateProfile.All.Select(row => new[] { $"`{row.Name}`", row.Meaning, $"{row.Fault}" }));

    private static DocumentTable Quirks() => new(
        ["quirk", "whose", "what it does", "what that provokes", "source"],
        AllQuirks.All.Select(row => new[]
        {
            $"`{row.Name}`", $"{row.Of}".ToLowerInvariant(), row.Does, row.Provokes, row.Source,
        }));

    private static DocumentTable Rules() => new(
        ["cause", "what it is", "looks at", "source", "what that says"],
        DiagnosisRules.All.Select(row => new[] { $"`{row.Id}`", row.Cause, row.LooksAt, row.Source, row.Says }));

    private static DocumentTable Suites() => new(
        ["code", "name", "OpenSSL", "GnuTLS", "versions"],
        CipherSuites.All.Select(row => new[]
        {
            $"`0x{row.Code:x4}`", row.Name, row.OpenSsl ?? "", row.GnuTls ?? "",
            row.OldestVersion == row.NewestVersion
                ? $"{row.OldestVersion}"
                : $"{row.OldestVersion} to {row.NewestVersion}",
        }));
}

using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Reports;

/// <summary>Endpoints in few words.</summary>
public static class EndpointNames
{
    /// <summary>Those of one name together: <c>curl@{bookworm,sid}, sslstream</c>.</summary>
    public static string Of(IEnumerable<EndpointReference> endpoints) => string.Join(", ", endpoints.Distinct().Order()
        .GroupBy(endpoint => endpoint.Name)
        .Select(same => same.ToArray() switch
        {
            [var only] => only.ToString(),
            var several => $"{same.Key}@{{{string.Join(',', several.Select(endpoint => endpoint.Version))}}}",
        }));
}

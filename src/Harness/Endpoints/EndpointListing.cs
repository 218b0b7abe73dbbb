using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Endpoints;

/// <summary>What is known of an endpoint at one version, without starting it.</summary>
/// <param name="Reference">Its name in cell ids.</param>
/// <param name="Definition">What its folder says.</param>
/// <param name="Capabilities">What it was found to offer; null if it was not asked yet.</param>
/// <param name="Image">Its image; null if it has none, or none that is built.</param>
/// <param name="Size">Octets of its image.</param>
public sealed record EndpointListing(
    EndpointReference Reference, EndpointDefinition Definition,
    Capabilities? Capabilities = null, EndpointImage? Image = null, long? Size = null)
{
    /// <summary>Looks up every version of every endpoint, in the order of their names.</summary>
    /// <param name="catalogue">The endpoints.</param>
    /// <param name="engine">Where their images are; null if no engine answers.</param>
    /// <param name="images">How their images are called.</param>
    /// <param name="answers">What they answered.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<EndpointListing>> ReadAsync(
        EndpointCatalogue catalogue, IContainerEngine? engine, EndpointImages? images, AnswerCache answers,
        CancellationToken cancellationToken)
    {
        var versions = catalogue.Definitions.Values.SelectMany(
            definition => definition.VersionNames().DefaultIfEmpty(null),
            (definition, version) => (definition, version));
        // Each question is a process of its own.
        using var asking = new SemaphoreSlim(Environment.ProcessorCount * 2);
        return await Task.WhenAll(versions.Select(async row =>
        {
            var unasked = new EndpointListing(new EndpointReference(row.definition.Name, row.version), row.definition);
            if (row.definition.Worker is not null)
            {
                var known = answers.Find<Capabilities>(
                    row.definition, WorkerEndpoint.Identity(row.definition, unasked.Reference));
                return unasked with { Capabilities = known };
            }
            if (engine is null || images is null || row.version is null) return unasked;
            await asking.WaitAsync(cancellationToken);
            try
            {
                if (await images.FindAsync(row.definition, row.version, cancellationToken) is not { } image)
                    return unasked;
                return unasked with
                {
                    Capabilities = answers.Find<Capabilities>(row.definition, image.Id),
                    Image = image,
                    Size = await engine.ImageSizeAsync(image.Name, cancellationToken),
                };
            }
            finally
            {
                asking.Release();
            }
        }));
    }
}

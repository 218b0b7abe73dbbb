using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Tests.Matrix;

/// <summary>Finds the data files of the repository that a test runs from.</summary>
internal static class RepositoryFiles
{
    /// <summary>The path of a file named from the repository's root.</summary>
    public static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TlsInterop.sln")))
                return Path.Combine(folder.FullName, path);
        }
        throw new FileNotFoundException("No folder above the tests holds TlsInterop.sln.", path);
    }

    /// <summary>The endpoints and scenarios of the repository.</summary>
    public static EndpointCatalogue Catalogue() =>
        EndpointCatalogue.Load(Find("containers"), Find("matrices/scenarios.yaml"), Find("matrices/stacks.yaml"));
}

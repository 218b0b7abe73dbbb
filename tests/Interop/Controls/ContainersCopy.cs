namespace TlsInterop.Interop.Tests.Controls;

/// <summary>A copy of <c>containers/</c> in which a control spoils something.</summary>
internal sealed class ContainersCopy : IDisposable
{
    public ContainersCopy(string source)
    {
        Path = Directory.CreateTempSubdirectory("tlsinterop-containers-").FullName;
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Path { get; }

    /// <summary>
    /// Replaces words in a file of an endpoint; they must be there, or the control would spoil nothing.
    /// </summary>
    public void Replace(string endpoint, string from, string to, string file = "endpoint.yaml")
    {
        var path = System.IO.Path.Combine(Path, endpoint, file);
        var text = File.ReadAllText(path);
        Assert.That(text, Does.Contain(from), "the control is out of date");
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

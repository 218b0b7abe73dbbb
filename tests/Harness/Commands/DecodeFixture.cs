using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Commands;

/// <summary>Runs <c>decode</c> in this process, with a folder for files that it reads.</summary>
public abstract class DecodeFixture
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("tlsinterop-decode-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>A capture of a session and its resumption.</summary>
    protected static string Capture { get; } = Path.GetFullPath(Sample("tls12-resumption.pcap"));

    protected string Folder => _folder;

    protected static string Sample(string name) => RepositoryFiles.Find($"tests/Tls/Captures/{name}");

    protected static string[] Lines(string text) => text.TrimEnd().Split('\n');

    protected string At(string name) => Path.Combine(_folder, name);

    protected string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    protected string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    protected static async Task<DecodeResult> Decode(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CommandTree.InvokeAsync(["decode", .. arguments], output, error);
        return new(status, output.ToString(), error.ToString());
    }

    protected sealed record DecodeResult(int Status, string Output, string Error);
}

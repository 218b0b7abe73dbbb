using System.Text;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>A file that this program brings along.</summary>
internal static class EmbeddedFile
{
    /// <summary>Its text.</summary>
    /// <param name="name">Its name, without a folder.</param>
    /// <exception cref="InvalidOperationException">It was not built in.</exception>
    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in this program");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

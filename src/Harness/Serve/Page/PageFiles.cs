using System.Security.Cryptography;
using System.Text;
using TlsInterop.Harness.Reports.Html;

namespace TlsInterop.Harness.Serve.Page;

/// <summary>What stands in the page beside its text. It is in the page itself, so that a copy of it is whole.</summary>
internal static class PageFiles
{
    /// <summary>The style sheet.</summary>
    public static string Style { get; } = EmbeddedFile.Read("base.css") + EmbeddedFile.Read("page.css");

    /// <summary>The script that asks for the page again.</summary>
    public static string Script { get; } = EmbeddedFile.Read("page.js");

    /// <summary>
    /// What the page may do: use these two, and ask where it came from. Whatever a device said is text, and if it were
    /// taken for more, a browser would still not run it.
    /// </summary>
    // https://www.w3.org/TR/CSP3/, Section 2.3.1: a source is named by the hash of its text.
    public static string Policy { get; } =
        $"default-src 'none'; style-src {Hash(Style)}; script-src {Hash(Script)}; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static string Hash(string text) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}

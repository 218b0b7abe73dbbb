namespace TlsInterop.Harness.Reports.Html;

/// <summary>What lies in a report's folder beside its pages.</summary>
internal static class ReportFiles
{
    public const string IndexName = "index.html";
    public const string StyleName = "report.css";
    public const string ScriptName = "report.js";

    /// <summary>Run before the page is shown, so that it is not seen in other colours first.</summary>
    public const string ThemeName = "theme.js";

    /// <summary>Folder of what the script loads when it is asked for.</summary>
    public const string DataFolder = "data";

    /// <summary>Folder of the pages of cells.</summary>
    public const string CellsFolder = "cells";

    /// <summary>
    /// What a page may do: use the files of its folder, and nothing else. Whatever an endpoint said is text, and if it
    /// were taken for more, a browser would still not run it.
    /// </summary>
    // https://www.w3.org/TR/CSP3/, Section 6.7.2.8: browsers differ in whether a file on disk has an origin that 'self'
    // can mean, hence the scheme; a page that came over HTTP can't load by it.
    public const string Policy =
        "default-src 'none'; style-src 'self' file:; script-src 'self' file:; base-uri 'none'; form-action 'none'";

    /// <summary>Writes them.</summary>
    /// <param name="folder">The report's folder.</param>
    /// <exception cref="IOException">They can't be written.</exception>
    public static void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, StyleName),
            EmbeddedFile.Read("base.css") + EmbeddedFile.Read(StyleName));
        foreach (var name in new[] { ScriptName, ThemeName })
            File.WriteAllText(Path.Combine(folder, name), EmbeddedFile.Read(name));
    }
}

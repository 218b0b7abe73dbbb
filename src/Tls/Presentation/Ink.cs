namespace TlsInterop.Tls.Presentation;

/// <summary>Colours of a terminal, or none.</summary>
/// <param name="IsOn">False for files, pipes and terminals that shall stay plain.</param>
/// <remarks>ECMA-48, Section 8.3.117 (SGR).</remarks>
public readonly record struct Ink(bool IsOn)
{
    public string Bold(string text) => Paint("1", text);

    internal string Dim(string text) => Paint("2", text);

    internal string Red(string text) => Paint("31", text);

    internal string Green(string text) => Paint("32", text);

    internal string Yellow(string text) => Paint("33", text);

    internal string Cyan(string text) => Paint("36", text);

    private string Paint(string code, string text) =>
        IsOn && !string.IsNullOrWhiteSpace(text) ? $"\x1b[{code}m{text}\x1b[0m" : text;
}

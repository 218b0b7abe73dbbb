using TlsInterop.Tls.Fingerprints;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>What was recovered, for people.</summary>
public static class ImportText
{
    private const int Width = 80;

    /// <summary>The summary, without what was written where.</summary>
    public static IEnumerable<string> Lines(ImportedConnection imported)
    {
        var count = imported.Others.Count;
        yield return $"{imported.Form}, connection {imported.Number}"
            + (count == 0 ? "" : $", and {count} not imported:")
            + (imported.Hello?.Incomplete is { } part ? $" · INCOMPLETE: {part}" : "");
        foreach (var other in imported.Others) yield return $"    {Safe(other)}";
        foreach (var line in Hello(imported)) yield return line;
        foreach (var line in Answer(imported)) yield return line;
        foreach (var line in Named("findings", imported.Findings.Select(Finding))) yield return line;
        foreach (var line in Named("guessed", imported.Guesses)) yield return line;
        foreach (var line in Named("remarks", imported.Remarks)) yield return line;
    }

    /// <summary>The fingerprints of the hello as sent, or of what the profile makes; null without any.</summary>
    public static (string Ja3, string Ja4, bool IsSent)? Fingerprints(ImportedConnection imported)
    {
        if (imported.Hello?.Sent is { } sent) return (Ja3.Of(sent), Ja4.Of(sent), true);
        if (imported.Profile?.Hello is not { } shape) return null;
        ClientHello made;
        try
        {
            made = shape.Sample(imported.Hello?.ServerName);
        }
        catch (FormatException)
        {
            return null; // a word that is none; the profile's reader says so
        }
        return (Ja3.Of(made), Ja4.Of(made), false);
    }

    private static IEnumerable<string> Hello(ImportedConnection imported)
    {
        if (imported.Profile?.Hello is not { } shape)
        {
            yield return "client   no ClientHello that could be made a profile of";
            yield break;
        }
        // What is missing may say more.
        var isWhole = imported.Hello?.Incomplete is null;
        var versions = shape.Words(ExtensionType.SupportedVersions).Count > 0
            ? string.Join(", ", shape.Versions.Reverse().Select(version => version.Number))
            : $"up to {shape.Version.Number}";
        var name = imported.Hello?.ServerName ?? (isWhole ? "none" : "not told");
        yield return $"client   offers {versions}{(isWhole ? "" : " as far as it is there")}; server_name {Safe(name)}";
        yield return $"         {Plural.Of(shape.Suites.Count, "suite")}: "
            + Few(shape.Suites.Select(suite => suite.ToString()));
        yield return shape.Extensions is { Count: > 0 } extensions
            ? $"         {Plural.Of(extensions.Count, "extension")}: "
                + Few(extensions.Select(extension => extension.Type.ToString()))
            : isWhole ? "         no extensions" : "         extensions not told";
        if (Fingerprints(imported) is not { } prints) yield break;
        yield return $"         ja4 {prints.Ja4} · ja3 {prints.Ja3}"
            + (!isWhole ? " (of what is there)" : prints.IsSent ? "" : " (of the profile)");
    }

    private static IEnumerable<string> Answer(ImportedConnection imported)
    {
        var answer = imported.Answer;
        string?[] chosen =
        [
            answer.HasHelloRetryRequest ? "HelloRetryRequest" : null, answer.Version?.ToString(),
            answer.Suite?.ToString(), answer.Group, answer.Alpn,
        ];
        var words = chosen.OfType<string>().Select(Safe).ToList();
        yield return "server   " + (words.Count > 0 ? string.Join(" · ", words) : "chose nothing that is told");
        foreach (var name in answer.Certificates) yield return $"         certificate {Safe(name)}";
        foreach (var alert in imported.Alerts) yield return $"alert    {Safe($"{alert.Alert}")} from {alert.Sender}";
        if (imported.Closing is { } closing)
            yield return $"closed   {closing.Sender} first, with "
                + (closing.Alert is { } last ? $"{last.Description}" : Safe(closing.What));
    }

    private static string Finding(ImportedFinding finding) => finding.Text
        + (finding.Triggers.Count > 0 ? $"; it could be: {string.Join(", ", finding.Triggers)}" : "");

    private static IEnumerable<string> Named(string name, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            yield return $"{name,-8} {Safe(sentence)}";
            name = "";
        }
    }

    private static string Few(IEnumerable<string> names)
    {
        var text = "";
        foreach (var name in names)
        {
            if (text.Length + name.Length > Width) return text + ", ...";
            text += text.Length == 0 ? name : $", {name}";
        }
        return text;
    }

    private static string Safe(string text) => SafeText.Of(text);
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Profiles;

/// <summary>Writes a profile of the scripted client as <see cref="ProfileFile"/> reads it.</summary>
public static partial class ProfileYaml
{
    private const int Width = 116;

    // YAML 1.2, Section 10.3.2: plain words that are read as something else than text.
    private static readonly HashSet<string> Reserved =
        new(["null", "true", "false", "yes", "no", "on", "off"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The file's text; its name is that of the profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="source">Where it is from, or null.</param>
    /// <param name="above">Comments at the top.</param>
    /// <param name="below">Comments at the end: lines that may be made part of the profile.</param>
    public static string Write(
        ClientProfile profile, string? source = null, IReadOnlyList<string>? above = null,
        IReadOnlyList<string>? below = null)
    {
        var text = new StringBuilder();
        foreach (var line in above ?? []) Comment(text, line);
        Line(text, $"description: {Sentence(profile.Description)}");
        if (source is not null) Line(text, $"source: {Sentence(source)}");
        if (profile.Versions.Count > 0) List(text, "", "versions", profile.Versions.Select(Version));
        if (profile.Hello is { } hello) Write(text, hello);
        if (profile.Reactions.Count > 0) Line(text, "reactions:");
        foreach (var reaction in profile.Reactions)
            Line(text, $"  - {{ to: {reaction.To}, with: {ReactionWords.Of(reaction)} }}");
        if (profile.Quirks.Count > 0) List(text, "", "quirks", profile.Quirks);
        foreach (var line in below ?? []) Comment(text, line);
        return text.ToString();
    }

    private static void Write(StringBuilder text, HelloShape hello)
    {
        Line(text, "hello:");
        Line(text, $"  version: {Version(hello.Version)}");
        if (hello.RecordVersion != hello.Version) Line(text, $"  record-version: {Version(hello.RecordVersion)}");
        if (hello.SessionIdLength > 0)
            Line(text, string.Create(CultureInfo.InvariantCulture, $"  session-id: {hello.SessionIdLength}"));
        List(text, "  ", "suites", hello.Suites.Select(suite => suite.Info?.Name ?? $"0x{suite.Code:x4}"));
        if (hello.CompressionMethods is not [{ Code: 0 }])
            List(text, "  ", "compression", hello.CompressionMethods.Select(method => method.ToString()));
        if (hello.Extensions is not { } extensions) return;
        Line(text, extensions.Count == 0 ? "  extensions: []" : "  extensions:");
        foreach (var (type, words) in extensions.Select(shape => (shape.Type, shape.Words)))
        {
            var name = Word(ExtensionType.Find(type.ToString()) == type ? type.ToString() : $"0x{type.Code:x4}");
            if (words.Count == 0) Line(text, $"    - {name}");
            else List(text, "    - ", name, words, indent: 8);
        }
    }

    // "key: [a, b]", over several lines if it is long.
    private static void List(StringBuilder text, string lead, string key, IEnumerable<string> words, int? indent = null)
    {
        var line = new StringBuilder($"{lead}{key}: [");
        var isFirst = true;
        foreach (var word in words.Select(Word))
        {
            if (!isFirst) line.Append(',');
            if (line.Length + word.Length + 2 > Width)
            {
                Line(text, line.ToString());
                line.Clear().Append(' ', indent ?? lead.Length + 2);
            }
            else if (!isFirst)
            {
                line.Append(' ');
            }
            line.Append(word);
            isFirst = false;
        }
        Line(text, line.Append(']').ToString());
    }

    private static void Comment(StringBuilder text, string line) =>
        Line(text, line.Length == 0 ? "#" : $"# {SafeText.Of(line)}");

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Version(ProtocolVersion version) =>
        ProtocolVersion.Known.Contains(version) ? version.Id : $"\"0x{version.Code:x4}\"";

    // JSON's strings are YAML's (YAML 1.2, Section 1.3).
    private static string Word(string word) =>
        PlainWord().IsMatch(word) && !Reserved.Contains(word) ? word : JsonSerializer.Serialize(word);

    private static string Sentence(string sentence) =>
        PlainSentence().IsMatch(sentence) ? sentence : JsonSerializer.Serialize(SafeText.Of(sentence));

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]*\z")]
    private static partial Regex PlainWord();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9 _.,;()/+-]*[A-Za-z0-9.)]\z")]
    private static partial Regex PlainSentence();
}

using System.Globalization;
using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Verdicts;

/// <summary>
/// Reads the file of known failures. The editor's schema, <c>matrices/known-failures.schema.json</c>, has the same
/// keys.
/// </summary>
internal static class KnownFailuresReader
{
    /// <summary>Keys of the file itself.</summary>
    public static readonly IReadOnlyList<FileKey> RootKeys = [new("failures", true, "entries")];

    /// <summary>Keys of an entry.</summary>
    public static readonly IReadOnlyList<FileKey> EntryKeys =
    [
        new("cells", true, "cell", "glob"),
        new("reason", true, "because"),
        new("link", false, "url"),
        new("signature", true),
        new("sometimes", false, "flaky", "chance"),
        new("expires", true, "expiry", "until"),
    ];

    /// <summary>Keys of a signature.</summary>
    public static readonly IReadOnlyList<FileKey> SignatureKeys =
        [new("alert", false), new("direction", false, "from", "sender"), new("after", false),
            new("message", false, "text")];

    /// <summary>Words for the alert of a signature.</summary>
    public static readonly IReadOnlyList<string> Alerts =
    [
        FailureSignature.NoAlert,
        .. Codes.Select(code => new AlertDescription(code)).Where(alert => alert.IsKnown)
            .Select(alert => alert.ToString()),
    ];

    /// <summary>Words for the message of a signature.</summary>
    public static readonly IReadOnlyList<string> Messages =
        [.. Codes.Select(code => new HandshakeType(code)).Where(type => type.IsKnown).Select(type => type.ToString())];

    /// <summary>Words for what is so or is not.</summary>
    private static readonly IReadOnlyList<string> Truths = ["true", "false"];

    private static IEnumerable<byte> Codes => Enumerable.Range(0, 256).Select(code => (byte)code);

    public static IReadOnlyList<KnownFailure> Read(YamlFile file)
    {
        var entries = new List<KnownFailure>();
        if (file.Root is not null)
        {
            var root = file.Keys(file.Root, "a list of known failures", RootKeys).GetValueOrDefault("failures");
            // An empty list is the best of them.
            var items = root is YamlSequence { Items.Count: 0 } ? [] : file.Items(root, "a list of failures");
            foreach (var item in items)
            {
                if (Entry(file, item) is { } entry) entries.Add(entry);
            }
        }
        file.ThrowIfProblems();
        return entries;
    }

    private static KnownFailure? Entry(YamlFile file, YamlValue value)
    {
        var keys = file.Keys(value, "a known failure", EntryKeys);
        var cells = Pattern(file, keys.GetValueOrDefault("cells"), "a pattern over cell ids");
        var reason = file.Text(keys.GetValueOrDefault("reason"), "a reason");
        var link = Link(file, keys.GetValueOrDefault("link"));
        var signature = keys.TryGetValue("signature", out var pin) ? Signature(file, pin) : null;
        var sometimes = Word(file, keys.GetValueOrDefault("sometimes"), "truth", Truths);
        var expires = Expires(file, keys.GetValueOrDefault("expires"));
        return cells is null || reason is null || signature is null || expires is null
            ? null
            : new KnownFailure(
                file.Name, value.Line, value.Column, cells, reason, link, signature, sometimes == "true",
                expires.Value);
    }

    private static Glob? Pattern(YamlFile file, YamlValue? value, string what)
    {
        if (file.Text(value, what) is not { } text) return null;
        if (Glob.TryParse(text, out var glob, out var problem)) return glob;
        file.Report(value!, problem);
        return null;
    }

    private static Uri? Link(YamlFile file, YamlValue? value)
    {
        if (file.Text(value, "a link") is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Scheme is "https" or "http") return link;
        file.Report(value!, $"expected an http or https link, found '{text}'");
        return null;
    }

    private static DateOnly? Expires(YamlFile file, YamlValue? value)
    {
        if (file.Text(value, "a date") is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        file.Report(value!, $"expected a date as 2027-01-31, found '{text}'");
        return null;
    }

    /// <summary>Reads a signature.</summary>
    public static FailureSignature Signature(YamlFile file, YamlValue value)
    {
        var keys = file.Keys(value, "a signature", SignatureKeys);
        if (value is YamlMapping { Entries.Count: 0 })
            file.Report(value, "expected a signature that pins something, it would match any failure");
        var alert = Word(file, keys.GetValueOrDefault("alert"), "alert", Alerts);
        var direction = Word(file, keys.GetValueOrDefault("direction"), "direction", FailureSignature.Words.All.Keys);
        var after = Word(file, keys.GetValueOrDefault("after"), "handshake message", Messages);
        var message = Pattern(file, keys.GetValueOrDefault("message"), "a pattern over the verdict's sentence");
        return new FailureSignature(
            alert, direction is null ? null : FailureSignature.Words.All[direction], after, message?.Text);
    }

    private static string? Word(YamlFile file, YamlValue? value, string kind, IEnumerable<string> known)
    {
        if (file.Text(value, $"a {kind}") is not { } word) return null;
        if (known.Contains(word)) return word;
        file.Report(value!, NearMatch.Unknown(kind, word, known));
        return null;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Verdicts;

/// <summary>Reads the file of known failures. The editor's schema, <c>matrices/known-failures.schema.json</c>, has the same keys.</summary>
internal static partial class KnownFailuresReader
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
        new("expires", true, "expiry", "until"),
    ];

    /// <summary>Keys of a signature.</summary>
    public static readonly IReadOnlyList<FileKey> SignatureKeys =
        [new("alert", false), new("direction", false, "from", "sender"), new("after", false), new("message", false, "text")];

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
        var cells = Cells(file, keys.GetValueOrDefault("cells"));
        var reason = file.Text(keys.GetValueOrDefault("reason"), "a reason");
        var link = Link(file, keys.GetValueOrDefault("link"));
        var signature = keys.TryGetValue("signature", out var pin) ? Signature(file, pin) : null;
        var expires = Expires(file, keys.GetValueOrDefault("expires"));
        return cells is null || reason is null || signature is null || expires is null
            ? null
            : new KnownFailure(file.Name, value.Line, value.Column, cells, reason, link, signature, expires.Value);
    }

    private static Glob? Cells(YamlFile file, YamlValue? value)
    {
        if (file.Text(value, "a pattern over cell ids") is not { } text) return null;
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
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        file.Report(value!, $"expected a date as 2027-01-31, found '{text}'");
        return null;
    }

    private static FailureSignature Signature(YamlFile file, YamlValue value)
    {
        var keys = file.Keys(value, "a signature", SignatureKeys);
        if (value is YamlMapping { Entries.Count: 0 })
            file.Report(value, "expected a signature that pins something, it would match any failure");
        var alert = Name(file, keys.GetValueOrDefault("alert"), AlertName(), "an alert's name as handshake_failure, or none");
        var after = Name(file, keys.GetValueOrDefault("after"), MessageName(), "a handshake message's name as ClientHello");
        var message = keys.GetValueOrDefault("message");
        var pattern = Cells(file, message);
        return new FailureSignature(alert, SentIn(file, keys.GetValueOrDefault("direction")), after, pattern?.Text);
    }

    private static Direction? SentIn(YamlFile file, YamlValue? value)
    {
        if (file.Text(value, "a direction") is not { } word) return null;
        if (FailureSignature.Words.All.TryGetValue(word, out var direction)) return direction;
        file.Report(value!, NearMatch.Unknown("direction", word, FailureSignature.Words.All.Keys));
        return null;
    }

    private static string? Name(YamlFile file, YamlValue? value, Regex form, string what)
    {
        if (file.Text(value, what) is not { } text) return null;
        if (text.Length <= 64 && form.IsMatch(text)) return text;
        file.Report(value!, $"expected {what}, found '{text}'");
        return null;
    }

    [GeneratedRegex(@"\A[a-z]+(_[a-z]+)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex AlertName();

    [GeneratedRegex(@"\A([A-Z][a-z]*)+\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MessageName();
}

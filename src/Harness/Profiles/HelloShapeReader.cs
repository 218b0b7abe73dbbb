using System.Globalization;
using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Profiles;

/// <summary>Reads the ClientHello of a profile.</summary>
/// <param name="file">Where what is wrong is reported.</param>
internal sealed class HelloShapeReader(YamlFile file)
{
    private const int LongestSessionId = 32; // RFC 8446, Section 4.1.2

    private static readonly FileKey[] Keys =
        [new("version", true, "legacy-version"), new("record-version", false), new("session-id", false),
         new("suites", true, "ciphers", "cipher-suites"), new("compression", false), new("extensions", false)];

    private readonly ProfileWords _words = new(file);

    /// <summary>The shape; what is wrong with it is reported.</summary>
    public HelloShape Read(YamlValue value)
    {
        var keys = file.Keys(value, "a hello", Keys);
        var version = _words.Version(keys.GetValueOrDefault("version")) ?? ProtocolVersion.Tls12;
        return new HelloShape(
            version,
            _words.Version(keys.GetValueOrDefault("record-version")) ?? version,
            SessionIdLength(keys.GetValueOrDefault("session-id")),
            _words.Suites(keys.GetValueOrDefault("suites")),
            Compression(keys.GetValueOrDefault("compression")),
            keys.TryGetValue("extensions", out var extensions)
                ? Extensions(extensions)
                : null);
    }

    // A hello may have a list that is empty: that is not the same as none.
    private List<ExtensionShape> Extensions(YamlValue value) => value is YamlSequence { Items.Count: 0 }
        ? []
        : [.. file.Items(value, "a list of extensions").Select(Extension).OfType<ExtensionShape>()];

    private int SessionIdLength(YamlValue? value)
    {
        if (value is null) return 0;
        var text = file.Text(value, "a number of octets") ?? "";
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            && length <= LongestSessionId) return length;
        file.Report(value, $"expected 0 to {LongestSessionId} octets of session id, found '{text}'");
        return 0;
    }

    private IReadOnlyList<CompressionMethod> Compression(YamlValue? value) => value is null
        ? [CompressionMethod.Null]
        : [.. _words.All(value, "compression method",
            word => ProfileWords.Code(word) is { } code and <= byte.MaxValue
                ? code
                : CompressionMethod.Find(word)?.Code,
            () => ["null", "deflate", "lzs"]).Select(code => new CompressionMethod((byte)code))];

    // A name, or a name with what it says: "server_name", "supported_groups: [x25519]".
    private ExtensionShape? Extension(YamlValue item)
    {
        var (name, said) = item switch
        {
            YamlScalar { Text.Length: > 0 } word => (word, null),
            YamlMapping { Entries: [var (key, value)] } => (key, value),
            _ => ((YamlScalar?)null, (YamlValue?)null),
        };
        if (name is null)
        {
            file.Report(item, "expected an extension: its name, or its name with a list of what it says");
            return null;
        }
        if (_words.ExtensionTypeOf(name) is not { } type) return null;
        var words = said is YamlSequence { Items.Count: 0 } ? [] : file.Words(said, "a list of words");
        var shape = new ExtensionShape(type, [.. words.Select(word => word.Text)]);
        if (shape.Fault is { } fault) file.Report(said ?? name, $"{type}: {fault}");
        return shape;
    }
}

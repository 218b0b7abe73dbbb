using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>Takes down what a text tells of a ClientHello, word by word.</summary>
internal sealed class HelloNotes
{
    private readonly List<ExtensionType> _types = [];
    private readonly Dictionary<ExtensionType, List<string>> _words = [];
    private readonly HashSet<ExtensionType> _untold = [];

    public ProtocolVersion? Version { get; set; }

    public ProtocolVersion? RecordVersion { get; set; }

    public int? SessionIdLength { get; set; }

    public List<CipherSuite> Suites { get; } = [];

    public List<CompressionMethod> CompressionMethods { get; } = [];

    public string? ServerName { get; set; }

    /// <summary>True if the text tells which extensions there are, though there be none.</summary>
    public bool TellsExtensions { get; set; }

    /// <summary>The types in the order of the text.</summary>
    public IReadOnlyList<ExtensionType> Types => _types;

    /// <summary>An extension whose content may follow.</summary>
    /// <param name="type">Extension type.</param>
    /// <param name="isTold">True if it has no content but what follows.</param>
    public void Extension(ExtensionType type, bool isTold = false)
    {
        TellsExtensions = true;
        if (_types.Contains(type)) return;
        _types.Add(type);
        if (!isTold && !_words.ContainsKey(type)) _untold.Add(type);
    }

    /// <summary>What an extension says.</summary>
    public void Say(ExtensionType type, string word)
    {
        if (!_words.TryGetValue(type, out var words)) _words[type] = words = [];
        words.Add(word);
        _untold.Remove(type);
    }

    /// <summary>All that an extension says, instead of what was said before.</summary>
    public void SayOnly(ExtensionType type, IEnumerable<string> words)
    {
        _words[type] = [.. words];
        _untold.Remove(type);
    }

    /// <summary>Puts the types into another order; those that are not in it stay behind.</summary>
    public void Order(IReadOnlyList<ExtensionType> order)
    {
        foreach (var type in order) Extension(type);
        var rest = _types.Except(order).ToList();
        _types.Clear();
        _types.AddRange(order.Distinct().Concat(rest));
    }

    /// <summary>All of it.</summary>
    public ImportedHello Done() => new()
    {
        Version = Version,
        RecordVersion = RecordVersion,
        SessionIdLength = SessionIdLength is >= 0 and <= 32 ? SessionIdLength : null,
        Suites = Suites.Count > 0 ? Suites : null,
        CompressionMethods = CompressionMethods.Count > 0 ? CompressionMethods : null,
        Extensions = TellsExtensions
            ? [.. _types.Select(type => new ExtensionShape(type, WordsOf(type)))]
            : null,
        Untold = _untold,
        ServerName = ServerName,
    };

    // A profile that names no mode has this one.
    private List<string> WordsOf(ExtensionType type) =>
        _words.TryGetValue(type, out var words)
        && (type != ExtensionType.PskKeyExchangeModes || words is not ["psk_dhe_ke"]) ? words : [];
}

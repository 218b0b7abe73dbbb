using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>A connection of the text of <c>-trace</c>, line by line.</summary>
internal sealed partial class OpenSslTraceConnection(ConnectionNotes notes)
{
    // A line of the content of these tells one code point.
    private static readonly Dictionary<ExtensionType, Func<ushort, string>> Rows = new()
    {
        [ExtensionType.SupportedGroups] = CodeWords.Group,
        [ExtensionType.KeyShare] = CodeWords.Group,
        [ExtensionType.SignatureAlgorithms] = CodeWords.Scheme,
        [ExtensionType.EcPointFormats] = CodeWords.PointFormat,
        [ExtensionType.SupportedVersions] = CodeWords.Version,
        [ExtensionType.PskKeyExchangeModes] = CodeWords.Mode,
    };

    private readonly List<byte> _octets = [];
    private readonly List<ushort> _algorithms = [];
    private ExtensionType? _type;
    private int _length;
    private bool _isDone;

    public ConnectionNotes Notes => notes;

    /// <summary>The first ClientHello.</summary>
    public HelloNotes Hello { get; } = new();

    /// <summary>True if a ClientHello is another connection's.</summary>
    public bool BeginsAnother => _isDone && (!notes.Answer.HasHelloRetryRequest || notes.Answer.Version is not null);

    /// <summary>A message begins.</summary>
    public void Begin(Direction from, string name)
    {
        Flush();
        _type = null;
        _isDone |= name != "ClientHello";
        notes.Step(from, name);
    }

    /// <summary>A line of the ClientHello.</summary>
    public void Client(string line)
    {
        if (_isDone) return; // the second one, after a HelloRetryRequest
        if (Extension().Match(line) is { Success: true, Groups: var extension }) Begin(extension);
        else if (_type is { } type) Say(type, line);
        else if (Suite().Match(line) is { Success: true, Groups: var suite })
            Hello.Suites.Add(new(CodeWords.Hex(suite["high"].Value + suite["low"].Value)));
        else if (Version().Match(line) is { Success: true, Groups: var version })
            Hello.Version = new(CodeWords.Hex(version["code"].Value));
        else if (SessionId().Match(line) is { Success: true, Groups: var id })
            Hello.SessionIdLength = int.Parse(id["length"].Value, CultureInfo.InvariantCulture);
        else if (Compression().Match(line) is { Success: true, Groups: var method })
            Hello.CompressionMethods.Add(new((byte)CodeWords.Hex(method["code"].Value)));
        else if (line.TrimStart().StartsWith("extensions, length", StringComparison.Ordinal))
            Hello.TellsExtensions = true;
    }

    /// <summary>A line of the ServerHello.</summary>
    public void Server(string line)
    {
        if (Extension().Match(line) is { Success: true, Groups: var extension }) _type = Type(extension);
        else if (Version().Match(line) is { Success: true, Groups: var version } && notes.Answer.Version is null)
            notes.Answer = notes.Answer with { Version = new(CodeWords.Hex(version["code"].Value)) };
        else if (line.Contains("cipher_suite ", StringComparison.Ordinal)
            && Suite().Match(line) is { Success: true, Groups: var suite })
            notes.Answer = notes.Answer with { Suite = new(CodeWords.Hex(suite["high"].Value + suite["low"].Value)) };
        else if (_type == ExtensionType.SupportedVersions && Code(line) is { } chosen)
            notes.Answer = notes.Answer with { Version = new(chosen) };
        else if (_type == ExtensionType.KeyShare && Code(line) is { } group)
            notes.Answer = notes.Answer with { Group = CodeWords.Group(group) };
        else if (_type == ExtensionType.ApplicationLayerProtocolNegotiation && line.Trim() is { Length: > 0 } protocol)
            notes.Answer = notes.Answer with { Alpn = protocol };
    }

    /// <summary>The ServerHello is a HelloRetryRequest.</summary>
    public void IsRetry() => notes.Answer = notes.Answer with { HasHelloRetryRequest = true, Version = null };

    /// <summary>The group of a ServerKeyExchange.</summary>
    public void Group(string code)
    {
        if (ushort.TryParse(code, CultureInfo.InvariantCulture, out var group))
            notes.Answer = notes.Answer with { Group = CodeWords.Group(group) };
    }

    /// <summary>All of it.</summary>
    public ConnectionNotes Done()
    {
        Flush();
        if (Hello.Suites.Count > 0 || Hello.Version is not null) notes.Hello = Hello.Done();
        return notes;
    }

    private void Begin(GroupCollection extension)
    {
        Flush();
        _type = Type(extension);
        _length = int.Parse(extension["length"].Value, CultureInfo.InvariantCulture);
        if (_type is not { } type) return;
        // RFC 8446, Section 4.2.10 and 4.2.11
        if (type == ExtensionType.PreSharedKey || type == ExtensionType.EarlyData)
        {
            notes.Guess($"{type} is left out: nobody has the session's secret");
            _type = null;
            return;
        }
        Hello.Extension(type, isTold: _length == 0);
    }

    private void Say(ExtensionType type, string line)
    {
        if (HexLine.Of(line) is { Offset: not null, Digits: var digits })
            _octets.AddRange(Convert.FromHexString(string.Concat(digits)));
        else if (type == ExtensionType.CompressCertificate && Code(line) is { } algorithm)
            _algorithms.Add(algorithm);
        else if (Rows.TryGetValue(type, out var word))
        {
            if (Code(line) is { } code) Hello.Say(type, word(code));
        }
        else if (type == ExtensionType.ApplicationLayerProtocolNegotiation && line.Trim() is { Length: > 0 } protocol)
            Hello.Say(type, protocol);
    }

    // Content that is shown in hexadecimal.
    private void Flush()
    {
        if (_type is { } type && _octets.Count > 0) Take(type, [.. _octets.Take(_length)]);
        _octets.Clear();
        // RFC 8879, Section 3: CertificateCompressionAlgorithm algorithms<2..2^8-2>;
        if (_algorithms.Count > 0)
            Hello.SayOnly(
                ExtensionType.CompressCertificate,
                [$"{2 * _algorithms.Count:x2}" + string.Concat(_algorithms.Select(code => $"{code:x4}"))]);
        _algorithms.Clear();
    }

    // RFC 6066, Section 3: a list of one name, behind its lengths and its type.
    private void Take(ExtensionType type, byte[] data)
    {
        if (type == ExtensionType.ServerName && data.Length > 5)
            Hello.ServerName = Encoding.ASCII.GetString(data, 5, data.Length - 5);
        if (data.Length == _length)
            Hello.SayOnly(type, ExtensionShape.Of(type, data, Hello.ServerName).Words);
        else notes.Remark($"{type} lacks {_length - data.Length} of its {_length} octets");
    }

    private static ExtensionType? Type(GroupCollection extension) =>
        ushort.TryParse(extension["code"].Value, CultureInfo.InvariantCulture, out var code) ? new(code) : null;

    // "secp256r1 (P-256) (23)", "rsa_pss_rsae_sha256 (0x0804)"
    private static ushort? Code(string line) =>
        CodeAtEnd().Match(line) is not { Success: true, Groups: var groups } ? null
        : groups["hex"].Length > 0 ? CodeWords.Hex(groups["hex"].Value)
        : ushort.TryParse(groups["number"].Value, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    [GeneratedRegex(@"^\s+extension_type=.*\((?<code>[0-9]{1,5})\), length=(?<length>[0-9]{1,5})$")]
    private static partial Regex Extension();

    [GeneratedRegex(@"\{0x(?<high>[0-9A-Fa-f]{2}), 0x(?<low>[0-9A-Fa-f]{2})\}")]
    private static partial Regex Suite();

    [GeneratedRegex(@"^\s+(?:client|server)_version=0x(?<code>[0-9A-Fa-f]{1,4})")]
    private static partial Regex Version();

    [GeneratedRegex(@"^\s+session_id \(len=(?<length>[0-9]{1,3})\)")]
    private static partial Regex SessionId();

    [GeneratedRegex(@"^\s+[A-Za-z ]+ \(0x(?<code>[0-9A-Fa-f]{2})\)$")]
    private static partial Regex Compression();

    [GeneratedRegex(@"\((?:0x(?<hex>[0-9A-Fa-f]{1,4})|(?<number>[0-9]{1,5}))\)\s*$")]
    private static partial Regex CodeAtEnd();
}

using System.Globalization;
using System.Text.RegularExpressions;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>Reads what <c>ssldump</c> prints, with <c>-A</c>, <c>-H</c> or without.</summary>
internal sealed partial class SsldumpText(ReportedConnections report)
{
    public const string Form = "ssldump text";

    // Sections of a hello, by their first line.
    private static readonly Dictionary<string, SsldumpSection> Sections = new(StringComparer.Ordinal)
    {
        ["cipher suites"] = SsldumpSection.Suites,
        ["compression methods"] = SsldumpSection.Compression,
        ["extensions"] = SsldumpSection.Extensions,
    };

    private readonly Dictionary<int, SsldumpConnection> _connections = [];
    private SsldumpConnection? _current;
    private Direction _from;
    private string _level = "fatal";

    /// <summary>True if it is such a text.</summary>
    public static bool Recognises(ReportText text) =>
        text.Head.Any(line => Opening().IsMatch(line)) || text.Head.Count(line => Record().IsMatch(line)) > 1;

    /// <summary>Reads it.</summary>
    public static void Read(ReportText text, ReportedConnections report)
    {
        var reader = new SsldumpText(report);
        foreach (var line in text.Short) reader.Read(line);
        foreach (var connection in reader._connections.Values) report.Add(connection.Done());
    }

    private void Read(string line)
    {
        if (line.StartsWith("Not enough data", StringComparison.Ordinal))
            report.Remark("ssldump says \"Not enough data\": it misreads messages that are in order");
        else if (Opening().Match(line) is { Success: true } opening)
            Open(opening.Groups["number"].Value, opening.Groups["ends"].Value.Trim());
        else if (Record().Match(line) is { Success: true } record) Begin(record.Groups);
        else if (_current is not null) Inside(_current, line.Trim());
    }

    private void Open(string number, string ends)
    {
        if (!int.TryParse(number, CultureInfo.InvariantCulture, out var known)) return;
        if (!_connections.TryGetValue(known, out _current))
            _connections[known] = _current = new(new(Form, known) { Label = ends });
    }

    private void Begin(GroupCollection record)
    {
        Open(record["number"].Value, "");
        if (_current is null) return;
        _current.Section = SsldumpSection.None;
        _current.Message = "";
        _from = record["from"].Value == "C" ? Direction.ClientToServer : Direction.ServerToClient;
        var version = record["major"].Value.Length > 0 ? Version(record["major"].Value, record["minor"].Value) : null;
        if (_from == Direction.ClientToServer) _current.RecordVersion ??= version;
        var what = record["what"].Value.Trim();
        if (what is "TCP FIN" or "TCP RST") _current.Notes.End(_from, what[4..]);
        else if (what == "ChangeCipherSpec") _current.ChangeCipherSpec(_from);
        else if (what.StartsWith("application_data", StringComparison.Ordinal))
            _current.Notes.Step(_from, "application data");
        else if (what.StartsWith("Handshake", StringComparison.Ordinal) && _current.IsProtected(_from))
            _current.Notes.Step(_from, "Finished");
    }

    private void Inside(SsldumpConnection connection, string line)
    {
        if (line.Length == 0) return;
        if (Message().IsMatch(line) && connection.Section == SsldumpSection.None) connection.Begin(_from, line);
        else if (Sections.TryGetValue(line, out var section)) connection.Section = section;
        else if (line.StartsWith("ja3", StringComparison.Ordinal)) Ja3(connection, line);
        else if (line.StartsWith("level", StringComparison.Ordinal)) _level = line[5..].Trim();
        else if (line.StartsWith("value", StringComparison.Ordinal)) Alert(connection, line[5..].Trim());
        else if (connection.Message == "ClientHello") Hello(connection, line);
        else if (connection.Message == "ServerHello") Answer(connection, line);
    }

    private void Alert(SsldumpConnection connection, string word)
    {
        if (AlertDescription.Find(word) is { } description)
            connection.Notes.Take(
                _from, new Alert(_level == "warning" ? AlertLevel.Warning : AlertLevel.Fatal, description));
        else connection.Notes.Remark($"an alert is called '{word}', which is none");
    }

    private static void Hello(SsldumpConnection connection, string line)
    {
        if (connection.Notes.Hello is not null) return;
        var hello = connection.Hello;
        if (VersionLine().Match(line) is { Success: true, Groups: var version })
            hello.Version ??= Version(version["major"].Value, version["minor"].Value);
        else if (SessionId().Match(line) is { Success: true, Groups: var id })
            hello.SessionIdLength = int.Parse(id["length"].Value, CultureInfo.InvariantCulture);
        else if (connection.Section == SsldumpSection.Suites) Suite(connection, line);
        else if (connection.Section == SsldumpSection.Compression) Compression(hello, line);
        else if (connection.Section == SsldumpSection.Extensions) Extension(connection, line);
    }

    private static void Answer(SsldumpConnection connection, string line)
    {
        var notes = connection.Notes;
        if (VersionLine().Match(line) is { Success: true, Groups: var version })
            notes.Answer = notes.Answer with { Version = Version(version["major"].Value, version["minor"].Value) };
        else if (line.StartsWith("cipherSuite", StringComparison.Ordinal))
            notes.Answer = notes.Answer with { Suite = SuiteOf(line[11..].Trim()) };
        // RFC 8446, Section 4.1.3: how the random of a HelloRetryRequest begins.
        else if (line.StartsWith("cf 21 ad 74 e5 9a", StringComparison.Ordinal))
            notes.Answer = notes.Answer with { HasHelloRetryRequest = true };
        // RFC 8446, Section 4.1.3: the hello says TLS 1.2 whatever was chosen.
        else if (line == "supported_versions" && connection.Section == SsldumpSection.Extensions)
            notes.Answer = notes.Answer with { Version = ProtocolVersion.Tls13 };
    }

    private static void Suite(SsldumpConnection connection, string line)
    {
        if (SuiteOf(line) is { } suite) connection.Hello.Suites.Add(suite);
        else connection.Notes.Remark($"'{line}' is no suite that is known: it is left out");
    }

    private static void Compression(HelloNotes hello, string line)
    {
        if (CompressionMethod.Find(line.ToLower(CultureInfo.InvariantCulture)) is { } method)
            hello.CompressionMethods.Add(method);
    }

    private static void Extension(SsldumpConnection connection, string line)
    {
        var hello = connection.Hello;
        if (line.StartsWith("host_name:", StringComparison.Ordinal)) hello.ServerName = line[10..].Trim();
        else if (ExtensionOf(line) is { } type) hello.Extension(type);
        else if (!line.Contains(':'))
            connection.Notes.Remark($"'{line}' is no extension that is known: it is left out");
    }

    // JA3 has groups and point formats, which ssldump leaves out elsewhere, and the types of all extensions but GREASE.
    private static void Ja3(SsldumpConnection connection, string line)
    {
        if (connection.Message != "ClientHello" || connection.Notes.Hello is not null
            || Ja3String().Match(line) is not { Success: true, Groups: var groups }) return;
        var hello = connection.Hello;
        hello.TellsExtensions = true;
        hello.Order([.. Codes(groups["extensions"].Value).Select(code => new ExtensionType(code))]);
        if (groups["groups"].Value.Length > 0)
            hello.SayOnly(ExtensionType.SupportedGroups, Codes(groups["groups"].Value).Select(CodeWords.Group));
        if (groups["formats"].Value.Length > 0)
            hello.SayOnly(ExtensionType.EcPointFormats, Codes(groups["formats"].Value).Select(CodeWords.PointFormat));
        var suites = Codes(groups["suites"].Value).Select(code => new CipherSuite(code)).ToList();
        if (suites.Count > hello.Suites.Count)
        {
            hello.Suites.Clear();
            hello.Suites.AddRange(suites);
        }
        connection.HasJa3 = true;
    }

    private static IEnumerable<ushort> Codes(string numbers) => numbers
        .Split('-', StringSplitOptions.RemoveEmptyEntries)
        .Select(number => ushort.TryParse(number, CultureInfo.InvariantCulture, out var code) ? code : (ushort?)null)
        .OfType<ushort>();

    private static CipherSuite? SuiteOf(string word) =>
        CipherSuites.Find(word) is { } row ? new(row.Code)
        : Unknown().Match(word) is { Success: true, Groups: var groups } ? new(CodeWords.Hex(groups["code"].Value))
        : null;

    private static ExtensionType? ExtensionOf(string word) =>
        ExtensionType.Find(word)
        ?? (word == "elliptic_curves" ? ExtensionType.SupportedGroups
            : Unknown().Match(word) is { Success: true, Groups: var groups } ? new(CodeWords.Hex(groups["code"].Value))
            : null);

    private static ProtocolVersion? Version(string major, string minor) =>
        byte.TryParse(major, CultureInfo.InvariantCulture, out var high)
        && byte.TryParse(minor, CultureInfo.InvariantCulture, out var low)
            ? new((ushort)(high << 8 | low))
            : null;

    [GeneratedRegex(@"^New TCP connection #(?<number>[0-9]{1,9}):(?<ends>.*)$")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^\s*(?<number>[0-9]{1,9})\s+(?:[0-9]+\s+)?[0-9]+\.[0-9]+\s+\([0-9.]+\)\s+(?<from>[CS])>[CS]\s*"
        + @"(?:V(?<major>[0-9]{1,3})\.(?<minor>[0-9]{1,3})\([0-9]+\))?\s*(?<what>.*)$")]
    private static partial Regex Record();

    [GeneratedRegex(@"^(ClientHello|ServerHello|HelloRequest|Certificate\w*|ServerKeyExchange|ServerHelloDone"
        + @"|ClientKeyExchange|Finished|NewSessionTicket|EncryptedExtensions)$")]
    private static partial Regex Message();

    [GeneratedRegex(@"^Version (?<major>[0-9]+)\.(?<minor>[0-9]+)$")]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"^resume ?\[(?<length>[0-9]{1,3})\]=")]
    private static partial Regex SessionId();

    [GeneratedRegex(@"^ja3 string: [0-9]+,(?<suites>[0-9-]*),(?<extensions>[0-9-]*),(?<groups>[0-9-]*),"
        + "(?<formats>[0-9-]*)$")]
    private static partial Regex Ja3String();

    [GeneratedRegex("^Unknown value 0x(?<code>[0-9A-Fa-f]{1,4})$", RegexOptions.IgnoreCase)]
    private static partial Regex Unknown();
}

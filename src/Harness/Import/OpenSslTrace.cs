using System.Globalization;
using System.Text.RegularExpressions;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>
/// Reads what <c>openssl s_client -trace</c> and <c>s_server -trace</c> print: each message in words.
/// </summary>
internal sealed partial class OpenSslTrace(ReportedConnections report, bool isServer)
{
    public const string Form = "openssl -trace text";

    // RFC 8446, Section 4.1.3: how the random of a HelloRetryRequest begins.
    private const string RetryRandom = "CF21AD74";

    private OpenSslTraceConnection? _connection;
    private Direction _from;
    private string _message = "";
    private ProtocolVersion? _recordVersion;
    private int _count;

    /// <summary>True if it is such a text.</summary>
    public static bool Recognises(ReportText text) =>
        text.Head.Any(line => Way().IsMatch(line)) && text.Head.Any(line => Field().IsMatch(line));

    /// <summary>Reads it.</summary>
    public static void Read(ReportText text, ReportedConnections report)
    {
        // The first to speak is the client.
        var first = text.Short.Select(line => Way().Match(line)).First(match => match.Success);
        var reader = new OpenSslTrace(report, isServer: first.Groups["way"].Value == "Received");
        foreach (var line in text.Short) reader.Read(line);
        reader.End();
    }

    private void Read(string line)
    {
        if (Way().Match(line) is { Success: true, Groups: var way })
        {
            _from = way["way"].Value == "Sent" == isServer ? Direction.ServerToClient : Direction.ClientToServer;
            (_message, _recordVersion) = ("", null);
        }
        else if (RecordVersion().Match(line) is { Success: true, Groups: var version })
        {
            _recordVersion = new(CodeWords.Hex(version["code"].Value));
        }
        else if (Message().Match(line) is { Success: true, Groups: var message })
        {
            Begin(message["name"].Value);
        }
        else if (Kind().Match(line) is { Success: true, Groups: var kind })
        {
            if (kind["name"].Value == "ChangeCipherSpec") _connection?.Notes.Step(_from, "ChangeCipherSpec");
            // The type inside follows where it is known.
            else if (kind["inner"].Length > 0 && kind["name"].Value == "ApplicationData")
                _connection?.Notes.Step(_from, "application data");
        }
        else if (Alert().Match(line) is { Success: true, Groups: var alert })
        {
            Take(alert["level"].Value, alert["code"].Value);
        }
        else if (_connection is not null)
        {
            Inside(_connection, line);
        }
    }

    private void Begin(string name)
    {
        _message = name;
        if (name == "ClientHello" && _connection?.BeginsAnother != false)
        {
            End();
            _connection = new(new(Form, ++_count)) { Hello = { RecordVersion = _recordVersion } };
        }
        _connection ??= new(new(Form, ++_count));
        _connection.Begin(_from, name);
    }

    private void End()
    {
        if (_connection is not null) report.Add(_connection.Done());
        _connection = null;
    }

    private void Take(string level, string code)
    {
        if (byte.TryParse(level, CultureInfo.InvariantCulture, out var grade)
            && byte.TryParse(code, CultureInfo.InvariantCulture, out var description))
            _connection?.Notes.Take(_from, new Alert(new(grade), new(description)));
    }

    private void Inside(OpenSslTraceConnection connection, string line)
    {
        if (_message == "ClientHello") connection.Client(line);
        else if (_message == "ServerHello" && line.Contains($"gmt_unix_time=0x{RetryRandom}", StringComparison.Ordinal))
            connection.IsRetry();
        else if (_message == "ServerHello") connection.Server(line);
        else if (_message == "ServerKeyExchange" && NamedCurve().Match(line) is { Success: true, Groups: var curve })
            connection.Group(curve["code"].Value);
        else if (_message == "Certificate" && _from == Direction.ServerToClient
            && Subject().Match(line) is { Success: true, Groups: var subject })
            connection.Notes.Certificate(subject["name"].Value.Trim());
    }

    [GeneratedRegex("^(?<way>Sent|Received) (?:TLS |DTLS )?Record$")]
    private static partial Regex Way();

    [GeneratedRegex(@"^\s+(?:Content Type = |Level=|client_version=)")]
    private static partial Regex Field();

    [GeneratedRegex(@"^  Version = .*\(0x(?<code>[0-9A-Fa-f]{1,4})\)$")]
    private static partial Regex RecordVersion();

    [GeneratedRegex(@"^  (?<inner>Inner )?Content Type = (?<name>\w+)")]
    private static partial Regex Kind();

    [GeneratedRegex(@"^    (?<name>[A-Za-z]+), Length=[0-9]+$")]
    private static partial Regex Message();

    [GeneratedRegex(@"^    Level=\w+\((?<level>[0-9]{1,3})\), description=.*\((?<code>[0-9]{1,3})\)$")]
    private static partial Regex Alert();

    [GeneratedRegex(@"named_curve: .*\((?<code>[0-9]{1,5})\)$")]
    private static partial Regex NamedCurve();

    [GeneratedRegex("^ +Subject: (?<name>.*)$")]
    private static partial Regex Subject();
}

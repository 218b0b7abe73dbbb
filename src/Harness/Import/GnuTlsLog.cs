using System.Globalization;
using System.Text.RegularExpressions;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;

namespace TlsInterop.Harness.Import;

/// <summary>Reads the log of <c>gnutls-cli -d</c> and <c>gnutls-serv -d</c>, from level 4 on.</summary>
internal sealed partial class GnuTlsLog(ReportedConnections report, bool isServer)
{
    public const string Form = "gnutls log";

    private GnuTlsConnection? _connection;
    private int _count;

    /// <summary>True if it is such a text.</summary>
    public static bool Recognises(ReportText text) => text.Head.Count(line => Entry().IsMatch(line)) > 1;

    /// <summary>Reads it.</summary>
    public static void Read(ReportText text, ReportedConnections report)
    {
        var isServer = text.Short.Any(line => line.Contains("CLIENT HELLO (1) was received", StringComparison.Ordinal));
        var reader = new GnuTlsLog(report, isServer);
        foreach (var line in text.Short) reader.Read(line);
        if (reader._connection is { } last) report.Add(last.Done());
    }

    private void Read(string line)
    {
        if (Entry().Match(line) is not { Success: true, Groups: var entry })
        {
            if (Subject().Match(line) is { Success: true, Groups: var subject })
                _connection?.Certificate(subject["name"].Value);
            else if (line.StartsWith("*** Fatal error:", StringComparison.Ordinal)) _connection?.Say(line[4..].Trim());
            return;
        }
        var text = entry["text"].Value;
        if (Begins(text) && _connection?.BeginsAnother != false)
        {
            if (_connection is not null) report.Add(_connection.Done());
            _connection = new(new(Form, ++_count), isServer);
        }
        if (_connection is null) return;
        if (Message().Match(text) is { Success: true, Groups: var message })
        {
            var isSent = message["way"].Value == "queued";
            _connection.Step(Sender(isSent), message["name"].Value, message["length"].Value);
        }
        else if (Alert().Match(text) is { Success: true, Groups: var alert })
        {
            Take(Sender(isSent: alert["sent"].Length > 0), alert["level"].Value, alert["code"].Value);
        }
        else
        {
            _connection.Read(text);
        }
    }

    // "SSL 3.1 Handshake packet received" stands before the hello.
    private bool Begins(string text) => isServer
        ? FirstRecord().IsMatch(text)
        : text.Contains("Adv. version:", StringComparison.Ordinal);

    private void Take(Direction from, string level, string code)
    {
        if (byte.TryParse(level, CultureInfo.InvariantCulture, out var grade)
            && byte.TryParse(code, CultureInfo.InvariantCulture, out var description))
            _connection?.Take(from, new Alert(new(grade), new(description)));
    }

    private Direction Sender(bool isSent) => isSent == isServer ? Direction.ServerToClient : Direction.ClientToServer;

    [GeneratedRegex(@"^\|<[0-9]+>\|\s?(?<text>.*)$")]
    private static partial Regex Entry();

    [GeneratedRegex(@"(?:^|\]: )(?<name>[A-Z][A-Z ]+?)(?: \([0-9]+\))? was (?<way>queued|received)(?: \[|\. Length )"
        + "(?<length>[0-9]{0,7})")]
    private static partial Regex Message();

    [GeneratedRegex(@"(?<sent>Sending )?Alert\[(?<level>[0-9]{1,3})\|(?<code>[0-9]{1,3})\] - .*")]
    private static partial Regex Alert();

    [GeneratedRegex(@"SSL [0-9.]+ Handshake packet received\. Epoch 0|CLIENT HELLO \(1\) was received")]
    private static partial Regex FirstRecord();

    [GeneratedRegex("^ - subject `(?<name>[^']*)'")]
    private static partial Regex Subject();
}

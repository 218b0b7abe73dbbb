using System.Globalization;
using System.Text.RegularExpressions;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>
/// Reads what <c>openssl s_client -msg</c> and <c>s_server -msg</c> print: each message in hexadecimal.
/// </summary>
internal sealed partial class OpenSslMessages(ReportedConnections report)
{
    public const string Form = "openssl -msg text";

    private readonly List<byte> _octets = [];
    private ConnectionNotes? _notes;
    private ProtocolVersion? _recordVersion;
    private bool _isServer;
    private int _count;
    private (bool IsSent, string What, int Length)? _header;

    /// <summary>True if it is such a text.</summary>
    public static bool Recognises(ReportText text) => text.Head.Any(line => Header().IsMatch(line));

    /// <summary>Reads it.</summary>
    public static void Read(ReportText text, ReportedConnections report)
    {
        var reader = new OpenSslMessages(report) { _isServer = IsServer(text) };
        foreach (var line in text.Short) reader.Read(line);
        reader.Flush();
        if (reader._notes is { } last) report.Add(last);
    }

    // The first to speak is the client.
    private static bool IsServer(ReportText text) =>
        text.Short.Select(line => Header().Match(line)).First(match => match.Success).Groups["way"].Value == "<<<";

    private void Read(string line)
    {
        if (Header().Match(line) is { Success: true } match)
        {
            Flush();
            _header = (match.Groups["way"].Value == ">>>", match.Groups["what"].Value,
                int.Parse(match.Groups["length"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
        else if (_header is not null && line.StartsWith("    ", StringComparison.Ordinal)
            && HexLine.Of(line) is { Offset: null, Digits: [var digits] } && digits.Length % 2 == 0)
        {
            _octets.AddRange(Convert.FromHexString(digits));
        }
        else
        {
            Flush();
            if (Ended().Match(line) is { Success: true, Groups: var groups })
                _notes?.End(Sender(isSent: false), groups["errno"].Value == "104" ? "RST" : "FIN");
        }
    }

    private void Flush()
    {
        if (_header is not { } header) return;
        var octets = _octets.ToArray();
        _header = null;
        _octets.Clear();
        if (header.What.Contains("Inner", StringComparison.Ordinal)) return;
        // RFC 8446, Section 5.1; OpenSSL 1.1.1 has no word for it.
        if (octets is [>= 20 and <= 24, 3, var minor, _, _] && header.Length == TlsRecord.HeaderLength)
        {
            _recordVersion = new((ushort)(0x300 | minor));
            return;
        }
        Take(header.IsSent, header.What, header.Length, octets);
    }

    private void Take(bool isSent, string what, int length, byte[] octets)
    {
        var from = Sender(isSent);
        var isHandshake = what.Contains("Handshake", StringComparison.Ordinal);
        if (_notes is null || isHandshake && octets is [1, ..] && BeginsAnother()) Begin();
        if (octets.Length < length)
            _notes!.Remark($"a message of {length} octets lacks {Plural.Of(length - octets.Length, "octet")}");
        if (isHandshake)
        {
            _notes!.Take(from, HandshakeMessage.Read(octets, _notes.Context, FaultOwner.CutCapture), _recordVersion);
        }
        else if (what.Contains("Alert", StringComparison.Ordinal) && octets.Length == 2)
        {
            var reader = new WireReader(octets);
            _notes!.Take(from, Alert.Read(ref reader));
        }
        else if (what.Contains("ChangeCipherSpec", StringComparison.Ordinal))
        {
            _notes!.Step(from, "ChangeCipherSpec");
        }
        _recordVersion = null;
    }

    // RFC 8446, Section 4.1.4: the second hello of one connection.
    private bool BeginsAnother() =>
        _notes!.Hello is not null && (!_notes.Answer.HasHelloRetryRequest || _notes.Answer.Version is not null);

    private void Begin()
    {
        if (_notes is not null) report.Add(_notes);
        _notes = new ConnectionNotes(Form, ++_count);
    }

    private Direction Sender(bool isSent) =>
        isSent == _isServer ? Direction.ServerToClient : Direction.ClientToServer;

    [GeneratedRegex(@"^(?<way>>>>|<<<) (?<what>[^\[]*)\[length (?<length>[0-9A-Fa-f]{1,7})\]")]
    private static partial Regex Header();

    [GeneratedRegex("^read:errno=(?<errno>[0-9]+)")]
    private static partial Regex Ended();
}

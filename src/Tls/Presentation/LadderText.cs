using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Presentation;

/// <summary>
/// A connection for a person: what was agreed, then a ladder of what was sent, then what is wrong with it.
/// </summary>
public sealed class LadderText
{
    private const int TimeWidth = 10;
    private const int NameWidth = 24;
    private const int OctetsWidth = 8;
    private const int DetailAt = TimeWidth + 3 + NameWidth + OctetsWidth + 2;
    private const int FieldWidth = 22;

    // What has more is data to search, not a ladder to read.
    private const int MostSteps = 1000;

    private readonly StringBuilder _text = new();
    private readonly TextColumn _column;
    private readonly LadderOptions _options;
    private readonly TcpConnectionInfo _info;
    private readonly DecodedConnection _connection;

    private LadderText(TcpConnectionInfo info, DecodedConnection connection, LadderOptions options)
    {
        (_info, _connection, _options) = (info, connection, options);
        _column = new(_text);
    }

    /// <summary>Renders with LF line ends; no line is longer than 118 characters.</summary>
    /// <param name="info">Its end points.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="findings">What the rules found; null if they were not asked.</param>
    /// <param name="options">Colours and details.</param>
    public static string Render(
        TcpConnectionInfo info,
        DecodedConnection connection,
        IReadOnlyList<Finding>? findings,
        LadderOptions options = default)
    {
        var ladder = new LadderText(info, connection, options);
        ladder.AppendHeader(ConnectionSummary.Of(info, connection, findings));
        ladder.AppendSteps();
        if (findings is not null) ladder.AppendFindings(findings);
        ladder.AppendFaults();
        return ladder._text.ToString();
    }

    private Ink Ink => _options.Ink;

    private void AppendHeader(ConnectionSummary summary)
    {
        var title = $"#{_info.Number} {_info.Client} → {_info.Server}";
        _column.Line(Ink.Bold(title), title.Length, "");
        foreach (var line in SummaryText.Header(summary)) _column.Line("   ", 3, line);
        _column.Line("");
    }

    private void AppendSteps()
    {
        _column.Line(Ink.Dim($"{"ms",TimeWidth}   {"message".PadRight(NameWidth)}{"octets",OctetsWidth}"), 0, "");
        var count = 0;
        var handshake = 0;
        foreach (var step in LadderSteps.Of(_connection.Events))
        {
            if (count++ >= MostSteps) continue;
            if (step.First is HandshakeEvent { Handshake: var number } && number > handshake)
            {
                handshake = number;
                _column.Line($"renegotiation {number}");
            }
            Append(step);
        }
        if (count > MostSteps) _column.Line($"... {count - MostSteps} lines more; --format jsonl has them all");
    }

    private void Append(LadderStep step)
    {
        var time = $"{(step.First.At.UnixNanoseconds - _info.FirstFrame.UnixNanoseconds) / 1e6,TimeWidth:0.000}";
        var isClient = step.First.Direction == Direction.ClientToServer;
        var arrow = isClient ? Ink.Cyan(" → ") : Ink.Green(" ← ");
        var name = step.Name.PadRight(NameWidth);
        var octets = step.Octets is { } length ? $"{length,OctetsWidth}" : new string(' ', OctetsWidth);
        _column.Line(
            $"{Ink.Dim(time)}{arrow}{(step.IsTrouble ? Ink.Red(name) : name)}{Ink.Dim(octets)}  ", DetailAt, step.Detail);
        if (_options.Details && step.First is HandshakeEvent { Message: var message })
        {
            foreach (var (field, text) in MessageDetail.Fields(message))
                _column.Line($"{new string(' ', TimeWidth + 5)}{field.PadRight(FieldWidth)} ", TimeWidth + 6 + FieldWidth, text);
        }
    }

    private void AppendFindings(IReadOnlyList<Finding> findings)
    {
        _column.Line("");
        _column.Line(findings.Count == 0 ? "findings: none" : "findings");
        foreach (var finding in findings)
        {
            var severity = FindingDocument.Word(finding.Severity).PadRight(8);
            _column.Line($"  {Painted(finding.Severity, severity)} ", 11,
                $"{finding.RuleId}{(finding.Direction is { } direction ? $", {SummaryText.Sender(direction)}" : "")}"
                + $"{(finding.Frame > 0 ? $", frame {finding.Frame}" : "")}");
            _column.Line(new string(' ', 11), 11, finding.Message);
            _column.Line(new string(' ', 11), 11, finding.Rfc);
        }
    }

    private string Painted(Severity severity, string word) => severity switch
    {
        Severity.Error => Ink.Red(word),
        Severity.Warning => Ink.Yellow(word),
        _ => Ink.Dim(word),
    };

    private void AppendFaults()
    {
        var isFirst = true;
        foreach (var (direction, at, fault) in _connection.Faults)
        {
            if (isFirst) _column.Line("");
            if (isFirst) _column.Line("faults");
            isFirst = false;
            var start = $"  frame {at.Number}, {SummaryText.Sender(direction)}: ";
            _column.Line(start, start.Length, FaultText.Of(fault));
        }
    }
}

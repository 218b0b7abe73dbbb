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
    private const int RecordWidth = 4;
    private const int NameWidth = 22;
    private const int OctetsWidth = 7;
    private const int DetailAt = TimeWidth + 3 + RecordWidth + 2 + NameWidth + OctetsWidth + 2;
    private const int FieldAt = TimeWidth + 3 + RecordWidth + 4;
    private const int FindingAt = 11;
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
        _column = new(_text, options.Width > 0 ? options.Width : LadderOptions.UsualWidth);
    }

    /// <summary>Renders with LF line ends; no line is longer than the options say.</summary>
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
        var head = $"{"ms",TimeWidth}   {"rec.",RecordWidth}  {"message".PadRight(NameWidth)}{"octets",OctetsWidth}";
        _column.Line(Ink.Dim(head), head.Length, "");
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
        if (count > MostSteps)
            _column.Line($"... {Plural.Of(count - MostSteps, "line")} more; --format jsonl has them all");
        AppendCounted("→", _connection.FromClient);
        AppendCounted("←", _connection.FromServer);
    }

    private void Append(LadderStep step)
    {
        var (item, padding) = (step.First, new string(' ', OctetsWidth));
        var time = $"{(item.At.UnixNanoseconds - _info.FirstFrame.UnixNanoseconds) / 1e6,TimeWidth:0.000}";
        var arrow = item.Direction == Direction.ClientToServer ? Ink.Cyan(" → ") : Ink.Green(" ← ");
        var record = step.Record is { } number ? $"{number,RecordWidth}" : new string(' ', RecordWidth);
        var name = step.Name.PadRight(NameWidth);
        var octets = step.Octets is { } length ? $"{length,OctetsWidth}" : padding;
        _column.Line(
            $"{Ink.Dim(time)}{arrow}{record}  {(step.IsTrouble ? Ink.Red(name) : name)}{Ink.Dim(octets)}  ",
            Math.Max(DetailAt, time.Length + record.Length + name.Length + octets.Length + 7), step.Detail);
        if (!_options.Details) return;
        foreach (var (field, text) in step.Fields)
        {
            var start = $"{new string(' ', FieldAt)}{field.PadRight(FieldWidth)} ";
            _column.Line(start, start.Length, text);
        }
    }

    private void AppendCounted(string arrow, StreamTotals totals)
    {
        if (totals.CountedOnly == 0) return;
        _column.Line(new string(' ', TimeWidth), TimeWidth,
            $" {arrow} {Plural.Of(totals.CountedOnly, "record")} of application data more, not listed; "
            + $"{Plural.Of(totals.ApplicationOctets, "octet")} of application data in all");
    }

    private void AppendFindings(IReadOnlyList<Finding> findings)
    {
        _column.Line("");
        _column.Line(findings.Count == 0 ? "findings: none" : "findings");
        foreach (var finding in findings)
        {
            var severity = FindingDocument.Word(finding.Severity).PadRight(FindingAt - 3);
            _column.Line($"  {Painted(finding.Severity, severity)} ", FindingAt, Place(finding));
            Below(finding.Message);
            Below(finding.Sentence.Length > 0 ? $"{finding.Rfc}: {finding.Sentence}" : finding.Rfc);
        }
    }

    private void Below(string text) => _column.Line(new string(' ', FindingAt), FindingAt, text);

    private static string Place(Finding finding)
    {
        var place = new StringBuilder(finding.RuleId);
        if (finding.Direction is { } direction) place.Append($" · {SummaryText.Sender(direction)}");
        if (finding.Frame > 0) place.Append($" · frame {finding.Frame}");
        if (finding.Record is { } record) place.Append($" · record {record}");
        if (finding.Offset is { } offset) place.Append($" · offset {offset}");
        if (finding.Bytes.Length > 0) place.Append($" · {finding.Bytes}");
        return place.ToString();
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

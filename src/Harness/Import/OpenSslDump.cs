using System.Globalization;
using System.Text.RegularExpressions;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Import;

/// <summary>
/// Reads what <c>openssl s_client -debug</c> and <c>s_server -debug</c> print: what is read and written.
/// </summary>
internal sealed partial class OpenSslDump(ConnectionNotes notes, bool isServer)
{
    public const string Form = "openssl -debug text";

    private const int MostAtOnce = 1 << 16;

    private readonly RecordNotes _records = new(notes);
    private readonly List<byte> _octets = [];
    private (bool IsWritten, int Count)? _header;

    /// <summary>True if it is such a text.</summary>
    public static bool Recognises(ReportText text) => text.Head.Any(line => Header().IsMatch(line));

    /// <summary>Reads it: one connection.</summary>
    public static void Read(ReportText text, ReportedConnections report)
    {
        var notes = new ConnectionNotes(Form, 1);
        // The first to speak is the client.
        var first = text.Short.Select(line => Header().Match(line)).First(match => match.Success);
        var reader = new OpenSslDump(notes, isServer: first.Groups["what"].Value == "read from");
        foreach (var line in text.Short) reader.Read(line);
        reader.Flush(isWhole: false);
        reader._records.End();
        report.Add(notes);
    }

    private void Read(string line)
    {
        if (Header().Match(line) is { Success: true } match)
        {
            Flush(isWhole: true);
            var isWritten = match.Groups["what"].Value == "write to";
            if (!int.TryParse(match.Groups["count"].Value, CultureInfo.InvariantCulture, out var count)) return;
            if (count > 0) _header = (isWritten, count);
            else if (count == 0 && !isWritten) notes.End(Sender(isWritten), "FIN");
        }
        else if (_header is { } header && HexLine.Of(line) is { Offset: not null, Digits: var digits })
        {
            var octets = Convert.FromHexString(string.Concat(digits));
            _octets.AddRange(octets.AsSpan(0, Math.Min(octets.Length, Math.Min(header.Count - _octets.Count, 16))));
            if (_octets.Count == header.Count) Flush(isWhole: true);
        }
    }

    private void Flush(bool isWhole)
    {
        if (_header is not { } header) return;
        _header = null;
        if (_octets.Count < header.Count)
            notes.Remark($"{Plural.Of(header.Count - _octets.Count, "octet")} are not there where {header.Count} were "
                + (header.IsWritten ? "written" : "read"));
        // Before version 1.1.0, zeros and spaces at the end are not shown; the records behind them have their place.
        while (isWhole && _octets.Count < Math.Min(header.Count, MostAtOnce)) _octets.Add(0);
        _records.Add(Sender(header.IsWritten), [.. _octets]);
        _octets.Clear();
    }

    private Direction Sender(bool isWritten) =>
        isWritten == isServer ? Direction.ServerToClient : Direction.ClientToServer;

    [GeneratedRegex(@"^(?<what>read from|write to) 0x[0-9A-Fa-f]+ \[0x[0-9A-Fa-f]+\] "
        + @"\([0-9]+ bytes => (?<count>-?[0-9]{1,9})")]
    private static partial Regex Header();
}

using System.Globalization;
using System.Text.RegularExpressions;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>A connection of GnuTLS' log, entry by entry.</summary>
internal sealed partial class GnuTlsConnection(ConnectionNotes notes, bool isServer)
{
    // What stands in a ClientHello beside suites and extensions: header, version, random, and the lengths of the lists.
    private const int FixedOctets = 4 + 2 + 32 + 1 + 2 + 2 + 2;

    private static readonly (Regex Pattern, ExtensionType Type, Func<GroupCollection, string?> Word)[] Contents =
    [
        (GroupEntry(), ExtensionType.SupportedGroups, groups => CodeWords.Group(CodeWords.Hex(groups["code"].Value))),
        (SchemeEntry(), ExtensionType.SignatureAlgorithms, Scheme),
        (VersionEntry(), ExtensionType.SupportedVersions, Version),
        (ModeEntry(), ExtensionType.PskKeyExchangeModes, groups => CodeWords.Mode(CodeWords.Hex(groups["code"].Value))),
        (ShareEntry(), ExtensionType.KeyShare, groups => CodeWords.GnuTlsGroup(groups["name"].Value)?.Name),
    ];

    private readonly HelloNotes _hello = new();
    private int _extensionOctets;
    private bool _isSent;
    private bool _hasHello;

    /// <summary>True if a ClientHello is another connection's.</summary>
    public bool BeginsAnother => _hasHello && notes.Answer.Version is not null;

    /// <summary>A handshake message.</summary>
    public void Step(Direction from, string name, string length)
    {
        var message = string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word[..1] + word[1..].ToLower(CultureInfo.InvariantCulture)));
        if (message == "ClientHello" && !_hasHello)
        {
            _hasHello = true;
            if (int.TryParse(length, CultureInfo.InvariantCulture, out var octets)) Measure(octets);
        }
        else if (message == "HelloRetryRequest")
        {
            notes.Answer = notes.Answer with { HasHelloRetryRequest = true };
        }
        // What is told of extensions from here on is the server's.
        if (from == Direction.ServerToClient) _isSent = true;
        if (!isServer && message == "ClientHello") _isSent = true;
        notes.Step(from, message);
    }

    /// <summary>An alert.</summary>
    public void Take(Direction from, Alert alert) => notes.Take(from, alert);

    /// <summary>Whom a certificate is for.</summary>
    public void Certificate(string subject)
    {
        if (!isServer) notes.Certificate(subject);
    }

    /// <summary>What the program says at its end.</summary>
    public void Say(string sentence) => notes.Remark($"GnuTLS says \"{sentence}\"");

    /// <summary>Another entry.</summary>
    public void Read(string text)
    {
        if (!_isSent) ReadHello(text);
        ReadAnswer(text);
    }

    /// <summary>All of it.</summary>
    public ConnectionNotes Done()
    {
        if (!_hasHello && _hello.Version is null) return notes;
        if (isServer)
        {
            notes.Guess("the order of the extensions is the one in which the server read them: their own is not told");
            notes.Guess("extensions that this GnuTLS does not know are not told: the profile lacks them");
        }
        // GnuTLS sends no other, and says nothing of it.
        if (!isServer) _hello.CompressionMethods.Add(CompressionMethod.Null);
        _hello.RecordVersion ??= isServer ? null : ProtocolVersion.Tls10;
        notes.Hello = _hello.Done();
        return notes;
    }

    private void ReadHello(string text)
    {
        if (ClientVersion().Match(text) is { Success: true, Groups: var version } && Pair(version) is { } code)
            _hello.Version ??= new(code);
        else if (RecordVersion().Match(text) is { Success: true, Groups: var record } && Pair(record) is { } header)
            _hello.RecordVersion ??= new(header);
        else if (SuiteEntry().Match(text) is { Success: true, Groups: var suite })
            _hello.Suites.Add(
                new(CodeWords.Hex(suite["high"].Value.PadLeft(2, '0') + suite["low"].Value.PadLeft(2, '0'))));
        else if (text.Contains("Received safe renegotiation CS", StringComparison.Ordinal))
            notes.Guess("EMPTY_RENEGOTIATION_INFO_SCSV was among the suites, none of which is told");
        else if (ServerName().Match(text) is { Success: true, Groups: var name })
            _hello.ServerName = name["name"].Value;
        else if (ExtensionEntry().Match(text) is { Success: true, Groups: var extension }) Extension(extension);
        else Content(text);
    }

    private void Content(string text)
    {
        foreach (var (pattern, type, word) in Contents)
        {
            if (pattern.Match(text) is not { Success: true, Groups: var groups }) continue;
            // A server tells of its own share as well.
            if (groups["own"].Length > 0 == isServer) return;
            if (word(groups) is { } known) _hello.Say(type, known);
            else notes.Remark($"'{groups[0].Value}' names nothing that is known: it is left out");
            return;
        }
    }

    private void Extension(GroupCollection extension)
    {
        if (!ushort.TryParse(extension["code"].Value, CultureInfo.InvariantCulture, out var code)
            || !int.TryParse(extension["length"].Value, CultureInfo.InvariantCulture, out var length)) return;
        var type = new ExtensionType(code);
        _extensionOctets += 4 + length;
        if (type == ExtensionType.PreSharedKey || type == ExtensionType.EarlyData)
            notes.Guess($"{type} is left out: nobody has the session's secret");
        else _hello.Extension(type, isTold: length == 0);
        // The client's log tells the modes by their number alone.
        if (type == ExtensionType.PskKeyExchangeModes && length == 3 && !isServer)
            _hello.SayOnly(type, ["psk_dhe_ke", "psk_ke"]);
    }

    // The length of the whole tells that of the session id: all else is known.
    private void Measure(int octets)
    {
        if (isServer || _hello.Suites.Count == 0) return;
        var rest = octets - FixedOctets - 2 * _hello.Suites.Count - _extensionOctets;
        if (rest is >= 0 and <= 32) _hello.SessionIdLength = rest;
        else notes.Remark($"the ClientHello of {octets} octets has others than those that the log tells of");
    }

    private void ReadAnswer(string text)
    {
        if (ChosenSuite().Match(text) is { Success: true, Groups: var suite })
        {
            var name = suite["name"].Value.Replace("GNUTLS_", "TLS_", StringComparison.Ordinal);
            if (CipherSuites.FindGnuTls(name) is { } row) notes.Answer = notes.Answer with { Suite = new(row.Code) };
            else notes.Remark($"the suite '{suite["name"].Value}' is none that is known");
        }
        else if (ChosenVersion().Match(text) is { Success: true, Groups: var version } && Pair(version) is { } code)
        {
            notes.Answer = notes.Answer with { Version = new(code) };
        }
        else if (ChosenGroup().Match(text) is { Success: true, Groups: var group })
        {
            var name = group["name"].Value;
            notes.Answer = notes.Answer with { Group = CodeWords.GnuTlsGroup(name)?.Name ?? name };
        }
    }

    private static string? Scheme(GroupCollection groups) =>
        Pair(groups) is { } code ? CodeWords.Scheme(code) : null;

    private static string? Version(GroupCollection groups) =>
        Pair(groups) is { } code ? CodeWords.Version(code) : null;

    // "3.4" is TLS 1.3, "8.10" a signature scheme: two octets in decimal.
    private static ushort? Pair(GroupCollection groups) =>
        byte.TryParse(groups["high"].Value, CultureInfo.InvariantCulture, out var high)
        && byte.TryParse(groups["low"].Value, CultureInfo.InvariantCulture, out var low)
            ? (ushort)(high << 8 | low)
            : null;

    [GeneratedRegex(@"(?:Adv\. version|Client's version): (?<high>[0-9]+)\.(?<low>[0-9]+)")]
    private static partial Regex ClientVersion();

    [GeneratedRegex(@"SSL (?<high>[0-9]+)\.(?<low>[0-9]+) Handshake packet received")]
    private static partial Regex RecordVersion();

    [GeneratedRegex(@"Keeping ciphersuite (?<high>[0-9A-Fa-f]{1,2})\.(?<low>[0-9A-Fa-f]{1,2}) ")]
    private static partial Regex SuiteEntry();

    [GeneratedRegex("(?:sent server name|Requested server name): '(?<name>[^']*)'")]
    private static partial Regex ServerName();

    [GeneratedRegex(@"(?:Sending extension |Parsing extension '|Ignoring extension ').*/(?<code>[0-9]{1,5})'? "
        + @"\((?<length>[0-9]{1,5}) bytes\)")]
    private static partial Regex ExtensionEntry();

    [GeneratedRegex(@"(?:(?<own>Sent)|Received) group .* \(0x(?<code>[0-9A-Fa-f]{1,4})\)")]
    private static partial Regex GroupEntry();

    [GeneratedRegex(@"(?:(?<own>sent)|rcvd) signature algo \((?<high>[0-9]+)\.(?<low>[0-9]+)\)")]
    private static partial Regex SchemeEntry();

    [GeneratedRegex(@"(?:(?<own>Advertizing version)|Found version:?) (?<high>[0-9]+)\.(?<low>[0-9]+)")]
    private static partial Regex VersionEntry();

    [GeneratedRegex("PSK KE mode (?<code>[0-9A-Fa-f]{1,2}) received")]
    private static partial Regex ModeEntry();

    [GeneratedRegex("(?:(?<own>sending)|Received) key share for (?<name>[A-Za-z0-9-]+)")]
    private static partial Regex ShareEntry();

    [GeneratedRegex(@"Selected cipher suite: (?<name>\w+)")]
    private static partial Regex ChosenSuite();

    [GeneratedRegex(@"(?:Negotiated version|Server's version): (?<high>[0-9]+)\.(?<low>[0-9]+)")]
    private static partial Regex ChosenVersion();

    [GeneratedRegex(@"Selected group (?<name>[A-Za-z0-9-]+)")]
    private static partial Regex ChosenGroup();
}

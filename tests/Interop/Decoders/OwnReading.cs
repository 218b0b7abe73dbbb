using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>What this project's decoder says of a capture.</summary>
internal static class OwnReading
{
    /// <summary>Every connection of a capture.</summary>
    /// <param name="capture">A capture file.</param>
    /// <param name="keys">Its key log, or null.</param>
    public static List<(TcpConnectionInfo Info, DecodedConnection Decoded, StreamReading Reading)> Of(
        string capture, string? keys)
    {
        var keyLog = new KeyLog();
        if (keys is not null) keyLog.AddLines(File.ReadAllText(keys));
        var decoder = new CaptureDecoder(new() { KeyLog = keyLog, Limits = DecodingLimits.Default });
        var read = new List<(TcpConnectionInfo Info, DecodedConnection Decoded, StreamReading Reading)>();
        using var stream = File.OpenRead(capture);
        decoder.Read(stream, connection => (connection.Info, connection.Decoded, Of(connection.Decoded)), read.Add);
        read.Sort((one, other) => one.Info.Number.CompareTo(other.Info.Number));
        return read;
    }

    private static StreamReading Of(DecodedConnection decoded)
    {
        var reading = new StreamReading();
        foreach (var record in decoded.Records)
        {
            reading.Add(ReadingField.Records, record.Direction,
                $"{record.Record.Type.Code}:{record.Record.Fragment.Length}");
        }
        foreach (var item in decoded.Events) Add(reading, item);
        foreach (var direction in (Direction[])[Direction.ClientToServer, Direction.ServerToClient])
            reading.AddOctets(direction, decoded.ApplicationData(direction));
        return reading;
    }

    private static void Add(StreamReading reading, ConnectionEvent item)
    {
        switch (item)
        {
            case HandshakeEvent { Message: var message }:
                reading.Add(ReadingField.Messages, item.Direction, message.Type.ToString());
                Add(reading, item.Direction, message);
                break;
            case ChangeCipherSpecEvent:
                reading.Add(ReadingField.Messages, item.Direction, "ChangeCipherSpec");
                break;
            case EncryptedEvent encrypted when encrypted.Type == ContentType.Handshake:
                reading.Add(ReadingField.Messages, item.Direction, "Encrypted");
                break;
            case EncryptedEvent encrypted when encrypted.Type == ContentType.Alert:
                reading.Add(ReadingField.Alerts, item.Direction, "Encrypted");
                break;
            case AlertEvent { Alert: var alert }:
                reading.Add(ReadingField.Alerts, item.Direction, $"{alert.Level.Code}:{alert.Description.Code}");
                break;
        }
    }

    private static void Add(StreamReading reading, Direction direction, HandshakeMessage message)
    {
        var extensions = message.Body is Certificate { Entries: var entries }
            ? entries.SelectMany(entry => entry.Extensions)
            : message.Body.Extensions;
        var types = string.Join(',', extensions.Select(extension => extension.Type.Code));
        if (types.Length > 0) reading.Add(ReadingField.Extensions, direction, $"{message.Type}({types})");
        foreach (var name in message.Body.Extensions.Find<AlpnExtension>()?.Names ?? [])
            reading.Add(ReadingField.Alpn, direction, name);
        switch (message.Body)
        {
            case ClientHello hello:
                AddSuites(reading, direction, hello.CipherSuites.Select(suite => (int)suite.Code));
                if (hello.ServerName is { } name) reading.Add(ReadingField.ServerName, name);
                break;
            case SslV2ClientHello hello:
                AddSuites(reading, direction, hello.CipherSuites.Select(suite => (int)suite.Code));
                break;
            case ServerHello hello:
                reading.Add(ReadingField.Version, $"0x{hello.Version.Code:x4}");
                reading.Add(ReadingField.Suite, $"0x{hello.CipherSuite.Code:x4}");
                if (hello.Extensions.Find<KeyShareExtension>() is { } share)
                {
                    foreach (var group in share.Entries.Select(entry => entry.Group))
                        reading.Add(ReadingField.Group, $"0x{group.Code:x4}");
                    if (share.SelectedGroup is { } selected) reading.Add(ReadingField.Group, $"0x{selected.Code:x4}");
                }
                break;
            case ServerKeyExchange exchange:
                if (exchange.NamedCurve is { } curve) reading.Add(ReadingField.Group, $"0x{curve.Code:x4}");
                else if (!exchange.Prime.IsEmpty) reading.Add(ReadingField.Group, $"p({exchange.Prime.Length})");
                break;
            case Certificate certificate:
                foreach (var entry in certificate.Entries)
                    reading.Add(ReadingField.Certificates, direction, Text(entry));
                break;
        }
    }

    private static void AddSuites(StreamReading reading, Direction direction, IEnumerable<int> suites) =>
        reading.Add(ReadingField.OfferedSuites, direction, string.Join(',', suites.Select(code => $"{code:x4}")));

    private static string Text(CertificateEntry entry) =>
        $"{Fingerprint.Of(entry.Data.Span)}({entry.Summary?.CommonName})";
}

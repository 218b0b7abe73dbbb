using System.Xml.Linq;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>What tshark says of a connection, from the fields of its TLS layers.</summary>
internal sealed class TsharkReading
{
    private const string CommonNameOid = "2.5.4.3";

    private readonly StreamReading _reading = new();

    private TsharkReading() { }

    public static StreamReading Of(TsharkStream stream, TcpConnectionInfo info)
    {
        var reading = new TsharkReading();
        foreach (var (source, layer) in stream.Layers)
        {
            var direction = source.Equals(info.Client) ? Direction.ClientToServer : Direction.ServerToClient;
            foreach (var record in layer.Elements("field").Where(field => field.Name() == "tls.record"))
                reading.Record(direction, record);
        }
        return reading._reading;
    }

    private void Record(Direction direction, XElement record)
    {
        var fields = record.Elements("field").ToList();
        var type = fields.Find(field => field.Name() is "tls.record.opaque_type" or "tls.record.content_type");
        var length = fields.Find(field => field.Name() == "tls.record.length")?.Show();
        // Only the form of SSL 2.0 has no content type.
        _reading.Add(
            ReadingField.Records, direction, $"{type?.Show() ?? ContentType.Handshake.Code.ToString()}:{length}");
        if (type is null) Handshake(direction, record);
        foreach (var field in fields)
        {
            switch (field.Name())
            {
                case "tls.handshake": Handshake(direction, field); break;
                case "tls.change_cipher_spec": _reading.Add(ReadingField.Messages, direction, "ChangeCipherSpec");
                break;
                case "tls.alert_message": Alert(direction, field); break;
            }
        }
    }

    private void Alert(Direction direction, XElement alert)
    {
        var level = alert.Numbers("tls.alert_message.level").ToList();
        var description = alert.Numbers("tls.alert_message.desc").ToList();
        _reading.Add(ReadingField.Alerts, direction,
            level.Count == 0 ? "Encrypted" : $"{level[0]}:{string.Join(',', description)}");
    }

    private void Handshake(Direction direction, XElement message)
    {
        if (message.Elements("field")
            .FirstOrDefault(field => field.Name() == "tls.handshake.type") is not { } typeField)
        {
            // A part of a message in a record is named as well; the record that completes it holds the whole message.
            if (!((string?)message.Attribute("showname") ?? "").Contains("fragment", StringComparison.Ordinal))
                _reading.Add(ReadingField.Messages, direction, "Encrypted");
            return;
        }
        var type = new HandshakeType((byte)TsharkPdml.Number(typeField.Show()));
        _reading.Add(ReadingField.Messages, direction, type.ToString());
        var extensions = string.Join(',', message.Numbers("tls.handshake.extension.type"));
        if (extensions.Length > 0) _reading.Add(ReadingField.Extensions, direction, $"{type}({extensions})");
        foreach (var name in Fields(message, "tls.handshake.extensions_alpn_str"))
            _reading.Add(ReadingField.Alpn, direction, name.Show());
        foreach (var certificate in Fields(message, "tls.handshake.certificate"))
            _reading.Add(ReadingField.Certificates, direction, Certificate(certificate));
        if (type == HandshakeType.ClientHello) ClientHello(direction, message);
        if (type == HandshakeType.ServerHello) ServerHello(message);
        if (type == HandshakeType.ServerKeyExchange)
        {
            AddCodes(ReadingField.Group, message.Numbers("tls.handshake.server_named_curve"));
            foreach (
                var length in message.Numbers("tls.handshake.p_len").Concat(message.Numbers("tls.handshake.srp_n_len")))
                _reading.Add(ReadingField.Group, $"p({length})");
        }
    }

    private void ClientHello(Direction direction, XElement hello)
    {
        var suites = hello.Numbers("tls.handshake.ciphersuite")
            .Concat(hello.Numbers("tls.handshake.cipherspec").Where(code => code <= 0xffff));
        _reading.Add(ReadingField.OfferedSuites, direction, string.Join(',', suites.Select(code => $"{code:x4}")));
        foreach (var name in Fields(hello, "tls.handshake.extensions_server_name"))
            _reading.Add(ReadingField.ServerName, name.Show());
    }

    private void ServerHello(XElement hello)
    {
        var versions = hello.Numbers("tls.handshake.extensions.supported_version")
            .Concat(hello.Numbers("tls.handshake.version"));
        AddCodes(ReadingField.Version, versions.Take(1));
        AddCodes(ReadingField.Suite, hello.Numbers("tls.handshake.ciphersuite"));
        AddCodes(ReadingField.Group, hello.Numbers("tls.handshake.extensions_key_share_group")
            .Concat(hello.Numbers("tls.handshake.extensions_key_share_selected_group")));
    }

    private void AddCodes(ReadingField field, IEnumerable<int> codes)
    {
        foreach (var code in codes) _reading.Add(field, $"0x{code:x4}");
    }

    private static string Certificate(XElement certificate)
    {
        var subject = Fields(certificate, "x509af.subject").FirstOrDefault();
        var name = subject?.Descendants("field")
            .Where(field => field.Name() == "x509if.oid" && field.Show() == CommonNameOid)
            .Select(oid => oid.ElementsAfterSelf("field").FirstOrDefault())
            .LastOrDefault();
        var text = name?.DescendantsAndSelf("field").LastOrDefault()?.Show();
        return $"{Fingerprint.Of(certificate.Octets())}({text})";
    }

    private static IEnumerable<XElement> Fields(XElement element, string name) =>
        element.Descendants("field").Where(field => field.Name() == name);
}

using System.Net;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>What stands in an extension, whoever sends it.</summary>
internal static class ExtensionContentRules
{
    private static readonly ContentType HeartbeatRecord = new(24);

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "server-name-form", "RFC 6066, Section 3",
            "server_name holds one DNS name, without a dot at its end; an address is none.",
            Severity.Warning,
            ServerName),
        Rule.OfHandshake(
            "record-size-limit-too-small", "RFC 8449, Section 4",
            "record_size_limit is 64 at least.",
            Severity.Error,
            RecordSizeLimit),
        Rule.OfHandshake(
            "padding-not-zero", "RFC 7685, Section 3",
            "Padding is zeros.",
            Severity.Error,
            Padding),
        Rule.OfHandshake(
            "heartbeat-mode", "RFC 6520, Section 2",
            "A heartbeat mode is 1 or 2.",
            Severity.Error,
            HeartbeatMode),
        new(
            "heartbeat-not-allowed", "RFC 6520, Section 2",
            "Heartbeats go only to an end that allowed them.",
            Severity.Error,
            HeartbeatNotAllowed),
    ];

    private static void ServerName(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (hello, item) in handshake.Seen<ClientHello>(Direction.ClientToServer))
        {
            if (hello.Extensions.Find(ExtensionType.ServerName)
                is not { Body: ServerNameExtension { HostNames: var names } } own) continue;
            if (names.Count > 1)
                hits.Add($"Expected one host name. Got: {Listing.Of(names)}.", item, own.Data);
            foreach (var name in names)
            {
                if (name.EndsWith('.') || name.Contains(':') || IPAddress.TryParse(name, out _))
                    hits.Add($"Expected a host name. Got: {name}.", item, own.Data);
            }
        }
    }

    private static void RecordSizeLimit(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var item in handshake.WithExtensions)
        {
            if (item.Message.Body.Extensions.Find(ExtensionType.RecordSizeLimit)
                is { Fault: null, Body: RecordSizeLimitExtension { Limit: < 64 and var limit } } own)
                hits.Add($"Expected 64 at least. Got: {limit}.", item, own.Data);
        }
    }

    private static void Padding(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var item in handshake.WithExtensions)
        {
            if (item.Message.Body.Extensions.Find(ExtensionType.Padding) is { } own
                && own.Data.Span.ContainsAnyExcept((byte)0))
                hits.Add("Expected zeros. Got: other octets.", item, own.Data);
        }
    }

    // struct { HeartbeatMode mode; } HeartbeatExtension; 1: peer_allowed_to_send, 2: peer_not_allowed_to_send
    private static void HeartbeatMode(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var item in handshake.WithExtensions)
        {
            if (item.Message.Body.Extensions.Find(ExtensionType.Heartbeat) is not { } own
                || own.Data.Span is [1 or 2]) continue;
            var start = own.Data[..Math.Min(4, own.Data.Length)];
            hits.Add($"Expected 01 or 02. Got: {Convert.ToHexStringLower(start.Span)}.", item, own.Data);
        }
    }

    private static void HeartbeatNotAllowed(Evidence evidence, RuleHits hits)
    {
        var (begun, next) = ((SeenHandshake?)null, 0);
        foreach (var record in evidence.Records)
        {
            if (record.Record.Type != HeartbeatRecord) continue;
            for (; next < evidence.Handshakes.Count; next++)
            {
                if (evidence.Handshakes[next].Messages[0].At.Number > record.Record.At.Number) break;
                begun = evidence.Handshakes[next];
            }
            if (begun is not { Offer: { } offer, Choice: { } choice } handshake) continue;
            // A client that asks must be answered before either end may send.
            var ofClient = offer.Extensions.Find(ExtensionType.Heartbeat)?.Data;
            var ofServer = handshake.Seen<EncryptedExtensions>(Direction.ServerToClient)
                .Select(seen => seen.Body.Extensions).Prepend(choice.Extensions)
                .Select(list => list.Find(ExtensionType.Heartbeat)?.Data).FirstOrDefault(data => data is not null);
            if (choice.Version.IsTls13 && ofServer is null) continue;
            var ofPeer = record.Direction == Direction.ClientToServer ? ofServer : ofClient;
            if (ofClient is null || ofServer is null || ofPeer is not { Span: [1] })
                hits.Add("Expected no heartbeat, which the other end did not allow. Got: one.", record);
        }
    }
}

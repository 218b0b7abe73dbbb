using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Resumption;

/// <summary>Data before the handshake's end, in TLS 1.3.</summary>
internal static class EarlyDataRules
{
    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "early-data-without-psk", "RFC 8446, Section 4.2.10",
            "A client offers early data together with the pre-shared key that protects it.",
            Severity.Error,
            WithoutPsk),
        Rule.OfHandshake(
            "early-data-accepted-without-first-psk", "RFC 8446, Section 4.2.10",
            "A server accepts early data only with the first pre-shared key.",
            Severity.Error,
            WithoutFirstPsk),
        Rule.OfHandshake(
            "end-of-early-data-missing", "RFC 8446, Section 4.5",
            "A client whose early data is accepted says where it ends.",
            Severity.Error,
            EndMissing),
        Rule.OfHandshake(
            "end-of-early-data-unasked", "RFC 8446, Section 4.5",
            "EndOfEarlyData is sent only if the server accepted early data.",
            Severity.Error,
            EndUnasked),
    ];

    private static void WithoutPsk(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (hello, item) in handshake.Seen<ClientHello>(Direction.ClientToServer))
        {
            if (item.Message.Fault is null && hello.Extensions.Has(ExtensionType.EarlyData)
                && !hello.Extensions.Has(ExtensionType.PreSharedKey))
                hits.Add("Expected pre_shared_key with early_data. Got: none.", item);
        }
    }

    private static void WithoutFirstPsk(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Choice is not { } choice) return;
        var selected = choice.Extensions.Find<PreSharedKeyExtension>()?.SelectedIdentity;
        foreach (var (extensions, item) in handshake.Seen<EncryptedExtensions>(Direction.ServerToClient))
        {
            if (selected != 0 && extensions.Extensions.Has(ExtensionType.EarlyData))
                hits.Add(
                    "Expected early_data with selected_identity 0 only. "
                    + $"Got: {selected?.ToString() ?? "no pre_shared_key"}.",
                    item);
        }
    }

    private static void EndMissing(SeenHandshake handshake, RuleHits hits)
    {
        if (IsAccepted(handshake) != true) return;
        var finished = handshake.Course.Finished(Direction.ClientToServer);
        if (handshake.Course.Knows(Direction.ClientToServer, finished)
            && handshake.First(Direction.ClientToServer, HandshakeType.EndOfEarlyData) is null)
            hits.Add(
                "Expected EndOfEarlyData before Finished. Got: none.", handshake.Course.Events[finished]);
    }

    private static void EndUnasked(SeenHandshake handshake, RuleHits hits)
    {
        if (IsAccepted(handshake) == false
            && handshake.First(Direction.ClientToServer, HandshakeType.EndOfEarlyData) is { } end)
            hits.Add("Expected no EndOfEarlyData, as no early data was accepted. Got: it.", end);
    }

    // Null if the server's answer is not known.
    private static bool? IsAccepted(SeenHandshake handshake) =>
        handshake.First(Direction.ServerToClient, HandshakeType.EncryptedExtensions) is
            { Message: { Fault: null, Body: EncryptedExtensions answer } }
            ? answer.Extensions.Has(ExtensionType.EarlyData)
            : null;
}

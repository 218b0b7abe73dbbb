using TlsInterop.Harness.Diagnosis.Logs;
using TlsInterop.Harness.Diagnosis.Records;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Decoding.ClearText;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Diagnosis;

/// <summary>All that the rules of the diagnosis look at: one connection, and what is known beside it.</summary>
public sealed class DiagnosisEvidence
{
    /// <summary>Collects it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="context">What is known beside it.</param>
    public DiagnosisEvidence(DecodedConnection connection, DiagnosisContext context)
    {
        (Connection, Context) = (connection, context);
        Verified = new Evidence(connection, context.KeyLog);
        Findings = context.Findings ?? ConnectionVerifier.Verify(connection, context.KeyLog);
        Ending = ConnectionEnding.Of(connection);
        Outcome = ConnectionOutcomes.Of(connection);
        HiddenAlert = HiddenAlert.Of(connection, Ending);
        Hints = [.. LogPatterns.Hints(context.ServerLog), .. LogPatterns.Hints(context.ClientLog)];
    }

    public DecodedConnection Connection { get; }

    public DiagnosisContext Context { get; }

    /// <summary>The handshakes taken apart, with what was recomputed of them.</summary>
    public Evidence Verified { get; }

    /// <summary>What the rules of the verification found.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    public ConnectionEnding Ending { get; }

    public ConnectionOutcome Outcome { get; }

    /// <summary>An alert that can't be read, and shows by its size and place; null if there is none.</summary>
    public HiddenAlert? HiddenAlert { get; }

    /// <summary>The lines of the logs that are understood.</summary>
    public IReadOnlyList<LogHint> Hints { get; }

    public HandshakeFacts Facts => Connection.Facts;

    public IReadOnlyList<ConnectionEvent> Events => Connection.Events;

    /// <summary>The client's offer; null if none was seen whole.</summary>
    public ClientHello? Offer => Facts.ClientHello;

    /// <summary>The message of the offer, in its last form.</summary>
    public HandshakeEvent? OfferEvent => field ??= Connection.Messages.LastOrDefault(item =>
        item.Handshake == 0 && item.Message.Body is ClientHello);

    /// <summary>The server's choice; null if none was seen.</summary>
    public ServerHello? Choice => Facts.ServerHello;

    public HandshakeEvent? ChoiceEvent => field ??= Connection.Messages.FirstOrDefault(item =>
        item.Message.Body is ServerHello { IsHelloRetryRequest: false });

    /// <summary>The Certificate of the server; null if none was seen.</summary>
    public HandshakeEvent? ServerCertificate => field ??= CertificateOf(Direction.ServerToClient);

    /// <summary>The Certificate of the client, which may be an empty one; null if none was seen.</summary>
    public HandshakeEvent? ClientCertificate => field ??= CertificateOf(Direction.ClientToServer);

    /// <summary>What the server sent, leaf first.</summary>
    public IReadOnlyList<CertificateEntry> Chain => Facts.ServerCertificate?.Entries ?? [];

    /// <summary>The server's own certificate; null if it was not seen, or can't be read.</summary>
    public CertificateSummary? Leaf => Chain is [{ Summary: { } leaf }, ..] ? leaf : null;

    /// <summary>When the server's certificate was captured; null in a capture without times.</summary>
    public DateTimeOffset? Now => ServerCertificate is { } seen ? Phrase.TimeOf(seen) : null;

    /// <summary>True if both ends went through the handshake, and nobody objected to it.</summary>
    public bool IsComplete => Outcome is ConnectionOutcome.Complete or ConnectionOutcome.LikelyComplete
            or ConnectionOutcome.AlertAfterHandshake
        && Ending.Kind != EndingKind.Alert && HiddenAlert is null;

    /// <summary>
    /// True if an end sent what can't be read as its RFC has it. A last record that is not whole is no such thing: who
    /// has enough of an answer closes.
    /// </summary>
    public bool HasFault => Connection.Faults.Any(item => item.Fault is
        { Owner: FaultOwner.Peer, Kind: not (WireFaultKind.Undecipherable or WireFaultKind.NotTls) }
        and not { Kind: WireFaultKind.Truncated, Field: "fragment" });

    /// <summary>True if nothing of TLS is there to be judged.</summary>
    public bool IsWireEmpty => Connection.Records.Count == 0 && !Events.Any(item => item is ClearTextEvent);

    /// <summary>True if records are closed that secrets would open.</summary>
    public bool LacksKeys => Events.Any(item => item is EncryptedEvent);

    /// <summary>True if the capture lacks octets of the connection.</summary>
    public bool HasGap => Events.Any(item => item is GapEvent);

    /// <summary>The alerts that could be read.</summary>
    public IReadOnlyList<AlertEvent> Alerts => Verified.Alerts;

    /// <summary>The first finding of one of the rules of the verification, or null.</summary>
    public Finding? Find(params ReadOnlySpan<string> ids)
    {
        foreach (var finding in Findings)
            if (ids.Contains(finding.RuleId)) return finding;
        return null;
    }

    /// <summary>True if the connection ended with a fatal alert of an end.</summary>
    public bool EndedWith(Direction by, params ReadOnlySpan<byte> codes) =>
        Ending is { Kind: EndingKind.Alert, Alert: { } alert } && Ending.By == by && codes.Contains(alert.Code);

    /// <summary>True if it ended with a fatal alert, of whichever end.</summary>
    public bool EndedWith(params ReadOnlySpan<byte> codes) =>
        Ending is { Kind: EndingKind.Alert, Alert: { } alert } && codes.Contains(alert.Code);

    /// <summary>True if the last message before the end was the client's hello: no server answered it.</summary>
    public bool EndedAtHello => Ending.After?.Message.Body is ClientHello && Choice is null
        && !Facts.HasHelloRetryRequest;

    /// <summary>What a log says for a cause, as lines of evidence.</summary>
    public IEnumerable<LogHint> HintsFor(string id) => Hints.Where(hint => hint.Pattern.Causes.Contains(id));

    /// <summary>The lines in clear text of one end.</summary>
    public IEnumerable<ClearTextEvent> Said(Direction from) =>
        Events.OfType<ClearTextEvent>().Where(item => item.Direction == from);

    /// <summary>The first line in clear text that means something.</summary>
    public ClearTextEvent? Said(ClearTextMeaning meaning) =>
        Events.OfType<ClearTextEvent>().FirstOrDefault(item => item.Meaning == meaning);

    private HandshakeEvent? CertificateOf(Direction from) => Connection.Messages.FirstOrDefault(item =>
        item.Direction == from && item.Message.Body is (Certificate or CompressedCertificate));
}

using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation;

/// <summary>How a connection went, as far as its first handshake is concerned; one word each in summaries.</summary>
public enum ConnectionOutcome : byte
{
    /// <summary>Nothing was sent either way.</summary>
    NoData,

    /// <summary>What was sent is no TLS.</summary>
    NotTls,

    /// <summary>The capture begins behind the hellos.</summary>
    StartsLate,

    /// <summary>The capture lacks octets that belong to the handshake.</summary>
    CaptureIncomplete,

    /// <summary>The capture holds one direction alone, though both sent octets.</summary>
    OneSided,

    /// <summary>The capture ends before the handshake does.</summary>
    CaptureCut,

    /// <summary>The server sent nothing back.</summary>
    Unanswered,

    /// <summary>The server answered a ClientHello with something that is no TLS.</summary>
    AnsweredInClearText,

    /// <summary>An end closed in the handshake, without an alert that could be read.</summary>
    ClosedInHandshake,

    /// <summary>A fatal alert, or an ERROR of SSL 2.0, ended the handshake.</summary>
    RefusedByAlert,

    /// <summary>A fatal alert came after a complete handshake.</summary>
    AlertAfterHandshake,

    /// <summary>
    /// TLS 1.3 without its secrets or with those of one end, or SSL 2.0: both ends went on as after a complete
    /// handshake, but a Finished stays closed.
    /// </summary>
    LikelyComplete,

    /// <summary>Both ends sent their Finished.</summary>
    Complete,
}

/// <summary>Judges and names outcomes.</summary>
public static class ConnectionOutcomes
{
    // RFC 8446, Section 5.2: an alert of two octets, its content type, and the tag of an AEAD.
    private const int LongestEncryptedAlert = 2 + 1 + 16;

    private static readonly string[] Words =
    [
        "no_data", "not_tls", "starts_late", "capture_incomplete", "one_sided", "capture_cut", "unanswered",
        "answered_in_clear_text", "closed_in_handshake", "refused_by_alert", "alert_after_handshake", "likely_complete",
        "complete",
    ];

    /// <summary>The words, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> All => Words;

    /// <summary>The word of an outcome: <c>refused_by_alert</c>.</summary>
    public static string Word(this ConnectionOutcome outcome) => Words[(int)outcome];

    /// <summary>How a connection went.</summary>
    public static ConnectionOutcome Of(DecodedConnection connection)
    {
        var facts = connection.Facts;
        var isFatal = facts.FirstFatalAlert is not null;
        if (facts.IsComplete) return isFatal ? ConnectionOutcome.AlertAfterHandshake : ConnectionOutcome.Complete;

        var seen = Seen.In(connection.Events);
        var goesOn = facts.Version is { } version && HidesFinished(version) && seen.GoesOn;
        if (isFatal)
            return goesOn && seen.GoesOnBeforeAlert
                ? ConnectionOutcome.AlertAfterHandshake
                : ConnectionOutcome.RefusedByAlert;
        if (!seen.IsTls) return seen.IsText ? ConnectionOutcome.NotTls : ConnectionOutcome.NoData;
        if (IsMissed(connection.FromClient) || IsMissed(connection.FromServer)) return ConnectionOutcome.OneSided;
        if (!seen.HasHello) return ConnectionOutcome.StartsLate;
        if (goesOn) return ConnectionOutcome.LikelyComplete;
        if (seen is { HasTextAnswer: true, HasAnswer: false }) return ConnectionOutcome.AnsweredInClearText;
        if (seen.IsRefused) return ConnectionOutcome.RefusedByAlert;
        if (seen.HasGap) return ConnectionOutcome.CaptureIncomplete;
        if (facts.FirstClose is null) return ConnectionOutcome.CaptureCut;
        return seen.HasAnswer ? ConnectionOutcome.ClosedInHandshake : ConnectionOutcome.Unanswered;
    }

    private static bool IsMissed(StreamTotals totals) => totals is { Octets: 0, MissingOctets: > 0 };

    private static bool HidesFinished(ProtocolVersion version) => version.IsTls13 || version == ProtocolVersion.Ssl2;

    private struct Seen
    {
        public bool IsTls, IsText, HasHello, HasGap, HasAnswer, HasTextAnswer, IsRefused;

        private bool _serverIsProtected, _clientIsProtected;
        private bool? _goesOnBeforeAlert;

        /// <summary>
        /// True if after the server's protected records the client sent more than an alert: a record that stays closed,
        /// or, where its secrets are known, what only an end sends that is through with the handshake.
        /// </summary>
        public readonly bool GoesOn => _serverIsProtected && _clientIsProtected;

        /// <summary>True if that was so before the first fatal alert.</summary>
        public readonly bool GoesOnBeforeAlert => _goesOnBeforeAlert == true;

        public static Seen In(IReadOnlyList<ConnectionEvent> events)
        {
            var seen = new Seen();
            for (var i = 0; i < events.Count; i++) seen.Add(events[i]);
            return seen;
        }

        private void Add(ConnectionEvent item)
        {
            switch (item)
            {
                case EndEvent or AnomalyEvent: return;
                case GapEvent: HasGap = true; return;
                case ClearTextEvent or FaultEvent { Fault.Kind: WireFaultKind.NotTls }:
                    IsText = true;
                    if (HasHello && item.Direction == Direction.ServerToClient) HasTextAnswer = true;
                    return;
                case FaultEvent: break;
                case HandshakeEvent { Message.Type.Code: 1 or 2 }: (IsTls, HasHello) = (true, true); break;
                case HandshakeEvent { Message.Body: Finished } or ApplicationDataEvent { IsEarly: false }:
                    AddProtected(item.Direction, isThrough: true);
                    break;
                case HandshakeEvent { IsProtected: true }: AddProtected(item.Direction, isThrough: false); break;
                case AlertEvent { Alert.IsFatal: true }:
                    IsTls = true;
                    _goesOnBeforeAlert ??= GoesOn;
                    break;
                case SslV2ErrorEvent: (IsTls, IsRefused) = (true, true); break;
                case EncryptedEvent { Length: var length }:
                    AddProtected(item.Direction, isThrough: length > LongestEncryptedAlert);
                    break;
                default: IsTls = true; break;
            }
            if (item.Direction == Direction.ServerToClient) HasAnswer = true;
        }

        private void AddProtected(Direction from, bool isThrough)
        {
            IsTls = true;
            if (from == Direction.ServerToClient) _serverIsProtected = true;
            else if (_serverIsProtected && isThrough) _clientIsProtected = true;
        }
    }
}

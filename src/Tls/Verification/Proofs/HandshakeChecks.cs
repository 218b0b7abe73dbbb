using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Proofs;

/// <summary>
/// Recomputes what the messages of one handshake prove: verify_data of both Finished, and the signatures of
/// ServerKeyExchange and CertificateVerify.
/// </summary>
/// <remarks>RFC 8446, Section 4.4; RFC 5246, Sections 7.4.3, 7.4.8 and 7.4.9.</remarks>
public sealed class HandshakeChecks
{
    /// <summary>A connection that renegotiates without end must not keep a processor busy with signatures.</summary>
    private const int MostSignedHandshakes = 100;

    private readonly HandshakeTerms _terms;
    private readonly KeyLog _keyLog;
    private readonly Transcript _transcript = new();
    private readonly List<HandshakeCheck> _checks = [];
    private readonly Dictionary<Direction, ReadOnlyMemory<byte>> _leaves = [];
    private readonly HashSet<(Direction Sender, HandshakeType Type)> _signed = [];
    private readonly long _completeUntil;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _requests = [];
    private Transcript? _later;
    private bool _isLaterSigned;
    private byte[]? _clientSecret;
    private int _asked;
    private int _keyUpdates;
    private int _finished;
    private bool _isCut;

    private HandshakeChecks(HandshakeTerms terms, KeyLog keyLog, long completeUntil) =>
        (_terms, _keyLog, _completeUntil) = (terms, keyLog, completeUntil);

    /// <summary>Runs the checks.</summary>
    /// <param name="terms">What the hellos agreed on.</param>
    /// <param name="keyLog">The secrets; without those of this session no Finished is checked, signatures are.</param>
    /// <param name="messages">The messages in the order of the wire, from the first ClientHello on.</param>
    /// <param name="completeUntil">
    /// The first frame that lacks octets or holds a record that could not be opened: what depends on all messages
    /// before it can be right from there on, but not wrong.
    /// </param>
    public static IReadOnlyList<HandshakeCheck> Run(
        HandshakeTerms terms, KeyLog keyLog, IReadOnlyList<HandshakeEvent> messages, long completeUntil = long.MaxValue)
    {
        var checks = new HandshakeChecks(terms, keyLog, completeUntil);
        foreach (var message in messages) checks.Take(message);
        return checks._checks;
    }

    private bool Is13 => _terms.Version.IsTls13;

    private void Take(HandshakeEvent item)
    {
        // RFC 8446, Section 4.4.1: the transcript of the handshake ends with both Finished.
        if (_finished == 2)
        {
            if (Is13) TakeLater(item);
            return;
        }
        if (!Covered(item.Message.Type)) return;

        switch (item.Message.Body)
        {
            case Finished finished:
                _finished++;
                Add(item, CheckFinished(item.Direction, finished));
                break;
            case ServerKeyExchange { Signature: { } signature } message:
                Add(item, Refused(item) ?? CheckServerKeyExchange(item, message, signature));
                break;
            case CertificateVerify verify:
                Add(item, Refused(item) ?? CheckCertificateVerify(item, verify));
                break;
            case Certificate or CompressedCertificate
                when Certificate.In(item.Message.Body) is { Entries: [var leaf, ..] }:
                _leaves[item.Direction] = leaf.Data;
                break;
            case ServerHello { IsHelloRetryRequest: true }:
                _transcript.ReplaceByMessageHash(_terms.Suite.PrfHash);
                break;
        }
        if (item.Message.Fault is { Owner: not FaultOwner.Peer }) _isCut = true;
        _transcript.Add(item.Message.Bytes.Span);
    }

    // RFC 8446, Sections 4.4 and 4.6.2: a client that is asked after the handshake proves itself by messages that
    // follow the handshake and the request alone.
    private void TakeLater(HandshakeEvent item)
    {
        switch (item.Message.Body)
        {
            case KeyUpdate when item.Direction == Direction.ClientToServer:
                _keyUpdates++;
                return;
            case CertificateRequest request when _asked++ < MostSignedHandshakes:
                _requests[Name(request.RequestContext)] = item.Message.Bytes;
                return;
            case Certificate or CompressedCertificate when item.Direction == Direction.ClientToServer:
                (_later, _isLaterSigned) = (null, false);
                if (Certificate.In(item.Message.Body) is not { } certificate) return;
                if (!_requests.Remove(Name(certificate.RequestContext), out var asked)) return;
                _later = _transcript.Copy();
                _later.Add(asked.Span);
                _leaves[item.Direction] = certificate.Entries is [var leaf, ..] ? leaf.Data : default;
                break;
            case CertificateVerify when _later is not null && _isLaterSigned:
                Add(item, SignedBefore);
                break;
            case CertificateVerify verify when _later is { } signed:
                _isLaterSigned = true;
                Add(item, CheckSignature(item.Direction, verify.Scheme,
                    SignedContent.CertificateVerify13(item.Direction, _terms.Suite.PrfHash, signed), verify.Signature));
                break;
            case Finished finished when _later is { } all:
                Add(item, CheckLaterFinished(finished, all));
                _later = null;
                break;
        }
        _later?.Add(item.Message.Bytes.Span);
    }

    private static string Name(ReadOnlyMemory<byte>? requestContext) =>
        Convert.ToHexString(requestContext.GetValueOrDefault().Span);

    private (CheckStatus Status, string Reason) CheckLaterFinished(Finished finished, Transcript transcript)
    {
        _clientSecret ??= _keyLog.Find(SecretLabels.ClientTrafficSecret0, _terms.ClientRandom.Span)?.ToArray();
        if (_clientSecret is null)
            return (CheckStatus.NotChecked, $"the key log has no {SecretLabels.ClientTrafficSecret0} for this session");

        for (; _keyUpdates > 0; _keyUpdates--)
            _clientSecret = KeySchedule13.NextTrafficSecret(_terms.Suite, _clientSecret, _terms.Version);
        return Compare(finished, KeySchedule13.VerifyData(_terms.Suite, _clientSecret, transcript, _terms.Version));
    }

    // RFC 5246, Section 7.4.1.1: HelloRequest is never part; RFC 8446, Section 4.4.1: nor are tickets and KeyUpdate.
    private bool Covered(HandshakeType type) =>
        type != HandshakeType.HelloRequest
        && !(Is13 && (type == HandshakeType.NewSessionTicket || type == HandshakeType.KeyUpdate));

    private (CheckStatus Status, string Reason) CheckFinished(Direction from, Finished finished)
    {
        if (_terms.Suite.Mode == CipherMode.Other || _terms.Suite.KeyExchange == KeyExchangeAlgorithm.Gost)
            return (CheckStatus.NotChecked, $"no managed code for the PRF of {_terms.Suite.Name}");

        var label = !Is13 ? SecretLabels.ClientRandom
            : from == Direction.ClientToServer ? SecretLabels.ClientHandshakeTrafficSecret
            : SecretLabels.ServerHandshakeTrafficSecret;
        if (_keyLog.Find(label, _terms.ClientRandom.Span) is not { } secret)
            return (CheckStatus.NotChecked, $"the key log has no {label} for this session");

        var expected = Is13
            ? KeySchedule13.VerifyData(_terms.Suite, secret.Span, _transcript, _terms.Version)
            : KeySchedule12.VerifyData(_terms.Version, _terms.Suite, secret.Span, from, _transcript);
        return Compare(finished, expected);
    }

    private static (CheckStatus Status, string Reason) Compare(Finished finished, byte[] expected) =>
        finished.VerifyData.Span.SequenceEqual(expected)
            ? (CheckStatus.Ok, "")
            : (CheckStatus.Wrong,
               $"Expected verify_data {Convert.ToHexStringLower(expected)}. "
               + $"Got: {Convert.ToHexStringLower(finished.VerifyData.Span)}");

    // RFC 8446, Section 4; RFC 5246, Section 7.3: an end signs once a handshake. Each check reads all messages before
    // it again, so a peer that repeats a signature of eight octets would cost the square of what it sends.
    private (CheckStatus Status, string Reason)? Refused(HandshakeEvent item)
    {
        if (!_signed.Add((item.Direction, item.Message.Type))) return SignedBefore;

        return item.Handshake >= MostSignedHandshakes
            ? (CheckStatus.NotChecked, $"only the first {MostSignedHandshakes} handshakes of a connection are checked")
            : null;
    }

    private (CheckStatus Status, string Reason) CheckServerKeyExchange(
        HandshakeEvent item, ServerKeyExchange message, ReadOnlyMemory<byte> signature)
    {
        if (item.Message.Fault is not null) return (CheckStatus.NotChecked, "the message could not be read to its end");
        var content = SignedContent.ServerKeyExchange(
            _terms.ClientRandom.Span, _terms.ServerRandom.Span, message.Params.Span);
        return CheckSignature(item.Direction, message.Scheme, content, signature);
    }

    private (CheckStatus Status, string Reason) CheckCertificateVerify(HandshakeEvent item, CertificateVerify verify)
    {
        if (item.Message.Fault is not null) return (CheckStatus.NotChecked, "the message could not be read to its end");
        if (_terms.Version == ProtocolVersion.Ssl3) return CheckCertificateVerifySsl3(item, verify);

        var content = Is13
            ? SignedContent.CertificateVerify13(item.Direction, _terms.Suite.PrfHash, _transcript)
            : _transcript.Bytes.ToArray();
        return CheckSignature(item.Direction, verify.Scheme, content, verify.Signature);
    }

    // RFC 6101, Section 5.6.8: the master secret is part of what is signed.
    private (CheckStatus Status, string Reason) CheckCertificateVerifySsl3(
        HandshakeEvent item, CertificateVerify verify)
    {
        if (_keyLog.Find(SecretLabels.ClientRandom, _terms.ClientRandom.Span) is not { } secret)
            return (CheckStatus.NotChecked, $"the key log has no {SecretLabels.ClientRandom} for this session");
        if (!_leaves.TryGetValue(item.Direction, out var leaf) || leaf.IsEmpty) return NoCertificate;
        return Outcome(HandshakeSignature.CheckHashes(
            leaf.Span,
            isRsa => Ssl3.CertificateVerifyHashes(secret.Span, _transcript, isRsa),
            verify.Signature.Span));
    }

    private (CheckStatus Status, string Reason) CheckSignature(
        Direction signer, SignatureScheme? scheme, byte[] content, ReadOnlyMemory<byte> signature)
    {
        if (!_leaves.TryGetValue(signer, out var leaf) || leaf.IsEmpty) return NoCertificate;
        return Outcome(HandshakeSignature.Check(_terms.Version, leaf.Span, scheme, content, signature.Span));
    }

    private static (CheckStatus Status, string Reason) SignedBefore =>
        (CheckStatus.NotChecked, "the same end has sent such a message before");

    private static (CheckStatus Status, string Reason) NoCertificate =>
        (CheckStatus.NotChecked, "there is no certificate of the signer before it");

    private static (CheckStatus Status, string Reason) Outcome(SignatureVerdict verdict) => verdict.Status switch
    {
        SignatureStatus.Ok => (CheckStatus.Ok, ""),
        SignatureStatus.Unsupported => (CheckStatus.NotChecked, verdict.Reason),
        _ => (CheckStatus.Wrong, verdict.Reason),
    };

    private void Add(HandshakeEvent item, (CheckStatus Status, string Reason) outcome)
    {
        var lacksMessages = _isCut || item.At.Number >= _completeUntil;
        if (outcome.Status == CheckStatus.Wrong && lacksMessages && item.Message.Body is not ServerKeyExchange)
            outcome = (CheckStatus.NotChecked, "messages before it are missing");
        _checks.Add(new HandshakeCheck(item, outcome.Status, outcome.Reason));
    }
}

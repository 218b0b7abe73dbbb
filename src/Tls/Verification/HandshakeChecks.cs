using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>
/// Recomputes what the messages of one handshake prove: verify_data of both Finished, and the signatures of
/// ServerKeyExchange and CertificateVerify.
/// </summary>
/// <remarks>RFC 8446, Section 4.4; RFC 5246, Sections 7.4.3, 7.4.8 and 7.4.9.</remarks>
public sealed class HandshakeChecks
{
    // RFC 8446, Section 4.1.3
    private static readonly byte[] HelloRetryRequestRandom =
        Convert.FromHexString("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private const int HeaderLength = 4;

    private readonly HandshakeTerms _terms;
    private readonly KeyLog _keyLog;
    private readonly Transcript _transcript = new();
    private readonly List<HandshakeCheck> _checks = [];
    private readonly Dictionary<Direction, ReadOnlyMemory<byte>> _leaves = [];
    private int _finished;

    private HandshakeChecks(HandshakeTerms terms, KeyLog keyLog) => (_terms, _keyLog) = (terms, keyLog);

    /// <summary>Runs the checks.</summary>
    /// <param name="terms">What the hellos agreed on.</param>
    /// <param name="keyLog">The secrets; without those of this session no Finished is checked, signatures are.</param>
    /// <param name="steps">The messages in the order of the wire, from the first ClientHello on.</param>
    public static IReadOnlyList<HandshakeCheck> Run(HandshakeTerms terms, KeyLog keyLog, IReadOnlyList<HandshakeStep> steps)
    {
        var checks = new HandshakeChecks(terms, keyLog);
        for (var index = 0; index < steps.Count; index++) checks.Take(index, steps[index]);
        return checks._checks;
    }

    private bool Is13 => _terms.Version >= ProtocolVersion.Tls13;

    private void Take(int index, HandshakeStep step)
    {
        // RFC 8446, Section 4.4.1: the transcript of the handshake ends with both Finished.
        if (step.Bytes.Length < HeaderLength || _finished == 2 || !Covered(step.Type)) return;

        if (step.Type == HandshakeType.Finished)
        {
            _finished++;
            Add(index, step, CheckFinished(step));
        }
        if (step.Type == HandshakeType.ServerKeyExchange && CheckServerKeyExchange(step) is { } parameters)
            Add(index, step, parameters);
        if (step.Type == HandshakeType.CertificateVerify) Add(index, step, CheckCertificateVerify(step));
        if (step.Type == HandshakeType.Certificate) _leaves[step.From] = LeafCertificate.Of(_terms.Version, step.Body);

        if (IsHelloRetryRequest(step)) _transcript.ReplaceByMessageHash(_terms.Suite.PrfHash);
        _transcript.Add(step.Bytes.Span);
    }

    // RFC 5246, Section 7.4.1.1: HelloRequest is never part; RFC 8446, Section 4.4.1: nor are tickets and KeyUpdate.
    private bool Covered(HandshakeType type) =>
        type != HandshakeType.HelloRequest
        && !(Is13 && (type == HandshakeType.NewSessionTicket || type == HandshakeType.KeyUpdate));

    private bool IsHelloRetryRequest(HandshakeStep step) =>
        Is13 && step.Type == HandshakeType.ServerHello
        && step.Body.Length >= 34 && step.Body.Span.Slice(2, 32).SequenceEqual(HelloRetryRequestRandom);

    private (CheckStatus Status, string Reason) CheckFinished(HandshakeStep step)
    {
        if (_terms.Suite.Mode == CipherMode.Other || _terms.Suite.KeyExchange == KeyExchangeAlgorithm.Gost)
            return (CheckStatus.NotChecked, $"no managed code for the PRF of {_terms.Suite.Name}");

        var label = !Is13 ? SecretLabels.ClientRandom
            : step.From == Direction.ClientToServer ? SecretLabels.ClientHandshakeTrafficSecret
            : SecretLabels.ServerHandshakeTrafficSecret;
        if (_keyLog.Find(label, _terms.ClientRandom.Span) is not { } secret)
            return (CheckStatus.NotChecked, $"the key log has no {label} for this session");

        var expected = Is13
            ? KeySchedule13.VerifyData(_terms.Suite, secret.Span, _transcript)
            : KeySchedule12.VerifyData(_terms.Version, _terms.Suite, secret.Span, step.From, _transcript);
        return step.Body.Span.SequenceEqual(expected)
            ? (CheckStatus.Ok, "")
            : (CheckStatus.Wrong,
               $"Expected verify_data {Convert.ToHexStringLower(expected)}. Got: {Convert.ToHexStringLower(step.Body.Span)}");
    }

    private (CheckStatus Status, string Reason)? CheckServerKeyExchange(HandshakeStep step)
    {
        if (!SignedParameters.Has(_terms.Suite)) return null;
        if (SignedParameters.Read(_terms.Version, _terms.Suite, step.Body) is not { } signed)
            return (CheckStatus.NotChecked, "the parameters could not be taken apart");
        var content = SignedContent.ServerKeyExchange(
            _terms.ClientRandom.Span, _terms.ServerRandom.Span, signed.Parameters.Span);
        return CheckSignature(step.From, signed.Scheme, content, signed.Signature);
    }

    private (CheckStatus Status, string Reason) CheckCertificateVerify(HandshakeStep step)
    {
        var reader = new WireReader(step.Body);
        SignatureScheme? scheme = _terms.Version >= ProtocolVersion.Tls12 ? new SignatureScheme(reader.U16("algorithm")) : null;
        var signature = reader.Vector16("signature");
        if (reader.Fault is not null) return (CheckStatus.NotChecked, "the message could not be taken apart");
        if (_terms.Version == ProtocolVersion.Ssl3)
            return (CheckStatus.NotChecked, "SSL 3.0 signs another hash here (RFC 6101, Section 5.6.8)");

        var content = Is13
            ? SignedContent.CertificateVerify13(step.From, _terms.Suite.PrfHash, _transcript)
            : _transcript.Bytes.ToArray();
        return CheckSignature(step.From, scheme, content, signature);
    }

    private (CheckStatus Status, string Reason) CheckSignature(
        Direction signer, SignatureScheme? scheme, byte[] content, ReadOnlyMemory<byte> signature)
    {
        if (!_leaves.TryGetValue(signer, out var leaf) || leaf.IsEmpty)
            return (CheckStatus.NotChecked, "there is no certificate of the signer before it");
        var verdict = HandshakeSignature.Check(_terms.Version, leaf.Span, scheme, content, signature.Span);
        return verdict.Status switch
        {
            SignatureStatus.Ok => (CheckStatus.Ok, ""),
            SignatureStatus.Unsupported => (CheckStatus.NotChecked, verdict.Reason),
            _ => (CheckStatus.Wrong, verdict.Reason),
        };
    }

    private void Add(int index, HandshakeStep step, (CheckStatus Status, string Reason) outcome) =>
        _checks.Add(new HandshakeCheck(step, index, outcome.Status, outcome.Reason));
}

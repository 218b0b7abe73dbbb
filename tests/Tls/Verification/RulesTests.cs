using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Verification;

/// <summary>
/// That a rule keeps quiet is shown by every healthy session; that it speaks, by one that is changed in one place.
/// </summary>
public sealed class RulesTests
{
    private const string Tls10 = "tls1.0-RSA_WITH_AES_128_CBC_SHA";
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string Tls12ClientCertificate = "tls1.2-client-certificate";
    private const string Tls13 = "tls1.3-AES_128_GCM_SHA256";
    private const string Tls13Retry = "tls1.3-HelloRetryRequest";
    private const string Tls13ClientCertificate = "tls1.3-client-certificate";

    // Export grade goes with keys of 512 bits, which a rule speaks against.
    private static IEnumerable<string> Healthy => RecordedSession.Names.Where(name => !name.Contains("EXPORT"));

    [TestCaseSource(nameof(Healthy))]
    public void A_healthy_session_breaks_no_rule(string name)
    {
        var session = RecordedSession.Load(name);

        Assert.That(
            SessionEvidence.WithoutNotes(
                ConnectionVerifier.Verify(SessionEvidence.Decode(session, session.KeyLog), session.KeyLog)),
            Is.Empty);
    }

    private static IEnumerable<string> Further => RecordedSession.FurtherNames.Where(name => !name.Contains("GOST"));

    [TestCaseSource(nameof(Further))]
    public void Resumptions_early_data_and_renegotiation_break_no_rule(string name)
    {
        var session = RecordedSession.Load(name);
        var connection = SessionEvidence.Decode(session, session.KeyLog);

        Assert.That(
            SessionEvidence.WithoutNotes(ConnectionVerifier.Verify(connection, session.KeyLog)), Is.Empty);

        var finished = connection.Messages.Where(item => item.Message.Body is Finished).Select(item => item.Remark)
            .ToList();
        Assert.That(finished, Has.Count.EqualTo(name == "tls1.2-renegotiation" ? 4 : 2));
        Assert.That(finished, Is.All.EqualTo("verify_data ok"));
        var said = Encoding.ASCII.GetString(connection.ApplicationData(Direction.ClientToServer));
        Assert.That(
            said, Is.EqualTo(name == "tls1.3-early-data" ? "early over TLS\nhello over TLS\n" : "hello over TLS\n"));
    }

    [TestCase(Tls10)]
    [TestCase(Tls12ClientCertificate)]
    [TestCase(Tls13)]
    public void Without_any_key_log_no_rule_is_broken(string name) =>
        Assert.That(
            SessionEvidence.WithoutNotes(
                ConnectionVerifier.Verify(SessionEvidence.Decode(RecordedSession.Load(name), null), null)),
            Is.Empty);

    [Test]
    public void Rules_have_ids_of_their_own_in_one_form()
    {
        Assert.That(Rules.All.Select(rule => rule.Id), Is.Unique);
        Assert.That(Rules.All.Select(rule => rule.Id), Is.All.Match("^[a-z0-9]+(-[a-z0-9]+)*$"));
        Assert.That(Rules.All.Select(rule => rule.Rfc),
            Is.All.Match("^(RFC [0-9]+, (Section [0-9.]+|Appendix [A-Z][0-9.]*)(; |$))+$"));
        Assert.That(Rules.All.Select(rule => rule.Sentence), Is.All.EndsWith("."));
    }

    [TestCase(0x7e01)]
    [TestCase(0xfb17)]
    [TestCase(0x7f1c)]
    public void Rules_of_no_version_hold_for_a_draft_or_an_experiment(int version)
    {
        byte[] octets = [(byte)(version >> 8), (byte)version];
        var evidence = Altered.Both(
            Tls13,
            hello => hello.With(ExtensionType.SupportedVersions, [2, .. octets]),
            hello => hello.With(ExtensionType.SupportedVersions, octets));

        Assert.That(evidence.Connection.Facts.Version, Is.EqualTo(new ProtocolVersion((ushort)version)));
        Assert.That(
            SessionEvidence.WithoutNotes(Rules.Findings(evidence)).Select(found => found.RuleId),
            Is.SubsetOf((string[])["finished-verify-data", "certificate-verify-signature"]));
    }

    [Test]
    public void Proofs_leave_a_remark_at_their_messages()
    {
        var session = RecordedSession.Load(Tls12ClientCertificate);
        var connection = SessionEvidence.Decode(session, session.KeyLog);

        ConnectionVerifier.Verify(connection, session.KeyLog);

        Assert.That(
            connection.Messages.Where(item => item.Remark is not null)
                .Select(item => $"{item.Message.Type}: {item.Remark}"),
            Is.EqualTo((string[])
            [
                "ServerKeyExchange: signature ok", "CertificateVerify: signature ok",
                "Finished: verify_data ok", "Finished: verify_data ok",
            ]));
    }

    [TestCase(Tls12)]
    [TestCase(Tls13)]
    public void A_key_log_of_other_sessions_is_said_to_lack_this_one(string name)
    {
        var others = RecordedSession.Load(Tls10).KeyLog;
        var connection = SessionEvidence.Decode(RecordedSession.Load(name), others);

        var findings = SessionEvidence.WithoutNotes(ConnectionVerifier.Verify(connection, others));

        Assert.That(findings.Select(finding => finding.RuleId), Is.EqualTo((string[])["key-log-lacks-session"]));
        Assert.That(findings[0].Message, Does.EndWith("Got: 1 other sessions."));
        Assert.That(findings[0].Frame, Is.GreaterThan(1));
    }

    [Test]
    public void A_key_log_that_has_only_some_secrets_of_a_session_is_said_to_lack_the_others()
    {
        var session = RecordedSession.Load(Tls13);
        var some = new KeyLog();
        foreach (var line in session.KeyLog.LinesOf(session.ClientRandom)
            .Where(line => !line.StartsWith("SERVER_TRAFFIC"))) some.Add(line);

        var findings =
            SessionEvidence.WithoutNotes(ConnectionVerifier.Verify(SessionEvidence.Decode(session, some), some));

        Assert.That(findings.Select(finding => finding.RuleId), Is.EqualTo((string[])["key-log-lacks-session"]));
        Assert.That(findings[0].Message,
            Does.StartWith("Expected SERVER_TRAFFIC_SECRET_0 for").And.EndsWith("Got: others of this session."));
    }

    [Test]
    public void A_cipher_without_managed_code_is_a_note()
    {
        var session = RecordedSession.Load("tls1.2-GOSTR341112_256_WITH_28147_CNT_IMIT");

        var findings = ConnectionVerifier.Verify(SessionEvidence.Decode(session, session.KeyLog), session.KeyLog);

        var closed = findings.Single(finding => finding.RuleId == "no-second-opinion");
        Assert.That(closed.Severity, Is.EqualTo(Severity.Note));
        Assert.That(closed.Message, Does.Contain("GOSTR341112_256_WITH_28147_CNT_IMIT in TLS 1.2"));
    }

    [TestCase(Tls10)]
    [TestCase(Tls12)]
    [TestCase(Tls13)]
    public void Wrong_secrets_under_the_right_client_random_do_not_fit(string name)
    {
        var session = RecordedSession.Load(name);
        var wrong = new KeyLog();
        foreach (var line in session.KeyLog.LinesOf(session.ClientRandom))
            wrong.Add(line[..^1] + (line[^1] == '0' ? '1' : '0'));

        var findings =
            SessionEvidence.WithoutNotes(ConnectionVerifier.Verify(SessionEvidence.Decode(session, wrong), wrong));

        // The first record of each direction; what follows it can't be judged.
        Assert.That(findings.Select(finding => finding.RuleId),
            Is.EqualTo((string[])["secrets-do-not-fit", "secrets-do-not-fit"]));
        Assert.That(findings.Select(finding => finding.Direction), Is.Unique);
    }

    [TestCase(Tls12, "record-tag")]
    [TestCase(Tls13, "record-tag")]
    [TestCase(Tls10, "record-mac")]
    [TestCase("tls1.1-RSA_WITH_AES_256_CBC_SHA-etm", "record-mac")]
    [TestCase("tls1.0-RSA_WITH_RC4_128_SHA", "record-mac")]
    public void A_record_that_was_changed_on_the_way_is_found(string name, string rule)
    {
        var session = RecordedSession.Load(name);
        var data = session.Segments.Count - 1 - session.Segments.Reverse()
            .ToList().FindIndex(segment => segment.Bytes[0] == 23);

        var connection = SessionEvidence.Decode(session, session.KeyLog, corruptedFrame: data + 1);
        var findings = ConnectionVerifier.Verify(connection, session.KeyLog);

        Assert.That(findings[0].RuleId, Is.EqualTo(rule));
        Assert.That(findings[0].Frame, Is.EqualTo(data + 1));
        Assert.That(findings[0].Direction, Is.EqualTo(session.Segments[data].From));
    }

    [TestCase(RecordStatus.PaddingMalformed, "record-padding")]
    [TestCase(RecordStatus.TooShort, "record-too-short")]
    public void Other_faults_of_a_record_have_rules_of_their_own(RecordStatus status, string rule) =>
        Assert.That(
            SessionEvidence.Broken(Tls10, record => record.Opened is { ContentType: 23, SequenceNumber: 1 } opened
                ? opened with { Status = status }
                : record.Opened),
            Is.Not.Empty.And.All.EqualTo(rule));

    [TestCase(Tls12, 20, "finished-verify-data")]
    [TestCase(Tls13, 20, "finished-verify-data")]
    [TestCase(Tls12, 12, "server-key-exchange-signature")]
    [TestCase(Tls13, 15, "certificate-verify-signature")]
    [TestCase(Tls12ClientCertificate, 15, "certificate-verify-signature")]
    public void A_wrong_proof_is_found(string name, byte type, string rule) =>
        Assert.That(
            SessionEvidence.Broken(name, item => item.Message.Type.Code == type
                ? item.Message.Body switch
                {
                    Finished finished => new Finished(Flipped(finished.VerifyData)),
                    CertificateVerify verify => verify with { Signature = Flipped(verify.Signature) },
                    // The signature covers both randoms, so another key exchange of the same server does not fit.
                    ServerKeyExchange => OtherServerKeyExchange(),
                    _ => null,
                }
                : null),
            Is.Not.Empty.And.All.EqualTo(rule));

    [TestCase(Tls12, "version-not-offered")]
    [TestCase(Tls13, "version-not-offered")]
    public void A_version_that_was_not_offered_is_found(string name, string rule) =>
        Assert.That(
            ChangedOffer(name, offer => offer.Extensions.Has(ExtensionType.SupportedVersions)
                ? offer with { ExtensionList = OnlyVersion12(offer.ExtensionList) }
                : offer with { LegacyVersion = ProtocolVersion.Tls11 }),
            Is.EqualTo((string[])[rule]));

    [TestCase(Tls10)]
    [TestCase(Tls13)]
    public void A_suite_that_was_not_offered_is_found(string name) =>
        Assert.That(
            ChangedOffer(name, offer => offer with { CipherSuites = [new CipherSuite(0x1305),
                new CipherSuite(0x00ff)] }),
            Is.EqualTo((string[])["suite-not-offered"]));

    [Test]
    public void A_suite_of_another_version_is_found() =>
        Assert.That(
            SessionEvidence.Broken(Tls10, item => item.Message.Body is ServerHello hello
                ? hello with { CipherSuite = new CipherSuite(0x009c) }
                : item.Message.Body is ClientHello offer
                    ? offer with { CipherSuites = [new CipherSuite(0x009c), new CipherSuite(0x00ff)] } : null),
            Does.Contain("suite-not-of-version"));

    [Test]
    public void A_compression_that_was_not_offered_is_found() =>
        Assert.That(
            ChangedOffer(Tls10, offer => offer with { CompressionMethods = [new CompressionMethod(1)] }),
            Is.EqualTo((string[])["compression-not-offered", "null-compression-missing"]));

    [TestCase(Tls12)]
    [TestCase(Tls13)]
    [TestCase(Tls13Retry)]
    public void A_group_that_was_not_offered_is_found(string name) =>
        Assert.That(
            ChangedOffer(name, offer => offer with { ExtensionList = Replaced(offer, ExtensionType.SupportedGroups, 0,
                2, 0x01, 0x00) }),
            Does.Contain("group-not-offered").And.All.AnyOf("group-not-offered", "share-not-in-groups"));

    [TestCase(Tls12)]
    [TestCase(Tls13)]
    public void A_signature_scheme_that_was_not_offered_is_found(string name) =>
        Assert.That(
            ChangedOffer(name, offer => offer with { ExtensionList = Replaced(offer, ExtensionType.SignatureAlgorithms,
                0, 2, 0x08, 0x07) }),
            Is.EqualTo((string[])["signature-scheme-not-offered"]));

    [TestCase(Tls12ClientCertificate)]
    [TestCase(Tls13ClientCertificate)]
    public void A_client_that_signs_with_a_scheme_that_the_server_did_not_ask_for_is_found(string name) =>
        Assert.That(
            SessionEvidence.Broken(name, item => item.Message.Body is CertificateRequest request
                ? request with { SignatureSchemes = [new SignatureScheme(0x0807)],
                    ExtensionList = OnlyEd25519(request.ExtensionList) }
                : null),
            Is.EqualTo((string[])["signature-scheme-not-offered"]));

    [TestCase(Tls12, typeof(ServerHello), ExtensionPlace.ServerHello)]
    [TestCase(Tls13, typeof(EncryptedExtensions), ExtensionPlace.EncryptedExtensions)]
    public void An_extension_that_was_not_asked_for_is_found(string name, Type message, ExtensionPlace place) =>
        Assert.That(
            SessionEvidence.Broken(name, item => item.Message.Body.GetType() == message
                ? WithExtension(item.Message.Body, new ExtensionType(0x7777), place)
                : null),
            Is.EqualTo((string[])["extension-not-asked"]));

    [TestCase(Tls12, typeof(ServerHello), ExtensionPlace.ServerHello)]
    [TestCase(Tls13, typeof(ClientHello), ExtensionPlace.ClientHello)]
    public void An_extension_that_stands_twice_is_found(string name, Type message, ExtensionPlace place) =>
        Assert.That(
            SessionEvidence.Broken(name, item => item.Message.Body.GetType() == message
                ? WithExtension(item.Message.Body, ExtensionType.ExtendedMasterSecret, place)
                : null),
            Is.EqualTo((string[])["extension-twice"]));

    [Test]
    public void An_answer_to_the_signalling_suite_and_a_cookie_of_a_retry_need_no_question() =>
        Assert.That(
            SessionEvidence.Broken(Tls13Retry, item =>
                item.Message.Body is ServerHello { IsHelloRetryRequest: true } retry
                ? WithExtension(retry, ExtensionType.Cookie, ExtensionPlace.HelloRetryRequest, 0, 1, 7)
                : null),
            Does.Not.Contain("extension-not-asked"));

    private static IEnumerable<string> ChangedOffer(string name, Func<ClientHello, ClientHello> change) =>
        SessionEvidence.Broken(name, item => item.Message.Body is ClientHello offer ? change(offer) : null);

    private static HandshakeBody WithExtension(
        HandshakeBody body, ExtensionType type, ExtensionPlace place, params byte[] data)
    {
        var list = SessionEvidence.With(body.Extensions, type, place, data);
        return body switch
        {
            ClientHello hello => hello with { ExtensionList = list },
            ServerHello hello => hello with { ExtensionList = list },
            _ => new EncryptedExtensions(list),
        };
    }

    private static ExtensionList Replaced(ClientHello offer, ExtensionType type, params byte[] data) =>
        SessionEvidence.With(offer.ExtensionList, type, ExtensionPlace.ClientHello, data, replaces: true);

    private static ExtensionList OnlyVersion12(ExtensionList list) =>
        SessionEvidence.With(list, ExtensionType.SupportedVersions, ExtensionPlace.ClientHello, [2, 3, 3],
            replaces: true);

    private static ExtensionList OnlyEd25519(ExtensionList list) => list.IsPresent
        ? SessionEvidence.With(list, ExtensionType.SignatureAlgorithms, ExtensionPlace.CertificateRequest,
            [0, 2, 8, 7], replaces: true)
        : list;

    private static ServerKeyExchange OtherServerKeyExchange()
    {
        var other = RecordedSession.Load(Tls12ClientCertificate);
        return SessionEvidence.Decode(other, other.KeyLog).Messages.Select(item => item.Message.Body)
            .OfType<ServerKeyExchange>().Single();
    }

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes)
    {
        var flipped = bytes.ToArray();
        flipped[^1] ^= 1;
        return flipped;
    }
}

using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Tests.Verification;

/// <summary>Secrets that are missing or wrong, and records that they don't open.</summary>
public sealed class SecretFindingsTests
{
    private const string Tls10 = "tls1.0-RSA_WITH_AES_128_CBC_SHA";
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string Tls13 = "tls1.3-AES_128_GCM_SHA256";

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
        Assert.That(findings.Select(finding => finding.Direction), Is.All.Null);
        foreach (var finding in findings)
            Assert.That(finding.Message, Does.Match(
                $"^Expected secrets that open record {finding.Record} from the (client|server)[.] Got: the "));
        Assert.That(findings.Count(finding => finding.Message.Contains("from the server")), Is.EqualTo(1));
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
        Assert.That(findings[0].Message, Does.StartWith($"Record {findings[0].Record} from the "));
    }

    [TestCase(RecordStatus.PaddingMalformed, "record-padding")]
    [TestCase(RecordStatus.TooShort, "record-too-short")]
    public void Other_faults_of_a_record_have_rules_of_their_own(RecordStatus status, string rule) =>
        Assert.That(
            SessionEvidence.Broken(Tls10, record => record.Opened is { ContentType: 23, SequenceNumber: 1 } opened
                ? opened with { Status = status }
                : record.Opened),
            Is.Not.Empty.And.All.EqualTo(rule));
}

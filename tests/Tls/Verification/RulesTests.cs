using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
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
    private const string Tls12ClientCertificate = "tls1.2-client-certificate";
    private const string Tls13 = "tls1.3-AES_128_GCM_SHA256";

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
}

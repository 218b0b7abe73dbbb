using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Verification.Proofs;

namespace TlsInterop.Tls.Tests.Verification.Proofs;

public sealed class HandshakeChecksTests
{
    private static readonly KeyLog NoSecrets = new();

    private static (HandshakeTerms Terms, KeyLog KeyLog, List<HandshakeEvent> Messages) Load(string name)
    {
        var session = RecordedSession.Load(name);
        var terms = new HandshakeTerms(session.Version, session.Suite, session.ClientRandom, session.ServerRandom);
        return (terms, session.KeyLog, [.. SessionEvidence.Decode(session, session.KeyLog).Messages]);
    }

    private static HandshakeEvent Reread(HandshakeTerms terms, HandshakeEvent item, ReadOnlyMemory<byte> bytes) =>
        item with { Message = HandshakeMessage.Read(bytes, new MessageContext(terms.Version, terms.Suite)) };

    [Test]
    public void A_client_that_is_asked_behind_the_handshake_proves_itself_by_it_and_the_request()
    {
        var sample = SampleConnection.Get("tls13-post-handshake-auth");
        var decoded = sample.Decode();
        var facts = decoded.Facts;
        var terms = new HandshakeTerms(
            facts.Version!.Value, facts.Suite!.Value.Info!, facts.ClientRandom, facts.ServerHello!.Random);
        HandshakeEvent[] messages = [.. decoded.Messages];
        var signed = Array.FindLastIndex(messages, item => item.Message.Body is CertificateVerify);
        var finished = Array.FindLastIndex(messages, item => item.Message.Body is Finished);

        Assert.That(messages[signed].Direction, Is.EqualTo(Direction.ClientToServer));
        Assert.That(HandshakeChecks.Run(terms, sample.KeyLog, messages).Select(check => check.Status),
            Has.All.EqualTo(CheckStatus.Ok));

        messages[signed] = Changed(terms, messages[signed], ^1);
        Assert.That(HandshakeChecks.Run(terms, sample.KeyLog, messages).TakeLast(2).Select(check => check.Status),
            Is.EqualTo((CheckStatus[])[CheckStatus.Wrong, CheckStatus.Wrong]), "the Finished covers the signature");
        Assert.That(finished, Is.GreaterThan(signed));
    }

    [Test]
    public void A_client_that_repeats_its_proof_behind_the_handshake_is_checked_once()
    {
        var sample = SampleConnection.Get("tls13-post-handshake-auth");
        var decoded = sample.Decode();
        var facts = decoded.Facts;
        var terms = new HandshakeTerms(
            facts.Version!.Value, facts.Suite!.Value.Info!, facts.ClientRandom, facts.ServerHello!.Random);
        List<HandshakeEvent> messages = [.. decoded.Messages];
        var signed = messages.FindLastIndex(item => item.Message.Body is CertificateVerify);
        messages.InsertRange(signed, Enumerable.Repeat(messages[signed], 1000));

        var verdicts = HandshakeChecks.Run(terms, sample.KeyLog, messages)
            .Where(check => check.Event == messages[signed]).Select(check => check.Status).ToList();

        Assert.That(verdicts, Has.Count.EqualTo(1001));
        Assert.That(verdicts.Count(status => status == CheckStatus.NotChecked), Is.EqualTo(1000));
    }

    private static HandshakeEvent Changed(HandshakeTerms terms, HandshakeEvent item, Index at)
    {
        var bytes = item.Message.Bytes.ToArray();
        bytes[at] ^= 1;
        return Reread(terms, item, bytes);
    }

    [TestCaseSource(typeof(RecordedSession), nameof(RecordedSession.Names))]
    public void Everything_that_a_real_handshake_proves_is_right(string name)
    {
        var (terms, keyLog, messages) = Load(name);

        var checks = HandshakeChecks.Run(terms, keyLog, messages);

        Assert.That(checks.Select(check => check.Reason), Is.All.Empty);
        Assert.That(checks.Select(check => check.Status), Is.All.EqualTo(CheckStatus.Ok));
        Assert.That(checks.Count(check => check.Event.Message.Body is Finished), Is.EqualTo(2));
        var signed = messages.Count(item => item.Message.Body is CertificateVerify or ServerKeyExchange);
        Assert.That(checks, Has.Count.EqualTo(2 + signed));
    }

    [TestCase("tls1.2-client-certificate", Direction.ClientToServer)]
    [TestCase("tls1.2-client-certificate", Direction.ServerToClient)]
    [TestCase("tls1.0-client-certificate", Direction.ClientToServer)]
    [TestCase("tls1.3-HelloRetryRequest", Direction.ServerToClient)]
    [TestCase("ssl3-RSA_WITH_AES_128_CBC_SHA", Direction.ServerToClient)]
    public void A_changed_Finished_is_wrong_and_says_what_was_expected(string name, Direction from)
    {
        var (terms, keyLog, messages) = Load(name);
        var at = messages.FindIndex(item => item.Direction == from && item.Message.Body is Finished);
        messages[at] = Changed(terms, messages[at], ^1);

        var wrong = HandshakeChecks.Run(terms, keyLog, messages).First(check => check.Status != CheckStatus.Ok);

        Assert.That((wrong.Event, wrong.Status), Is.EqualTo((messages[at], CheckStatus.Wrong)));
        Assert.That(wrong.Reason, Does.StartWith("Expected verify_data "));
    }

    [TestCase("tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256", 12)]
    [TestCase("tls1.0-DHE_RSA_WITH_CAMELLIA_128_CBC_SHA", 12)]
    [TestCase("tls1.2-client-certificate", 15)]
    [TestCase("tls1.3-AES_256_GCM_SHA384", 15)]
    public void A_changed_signature_is_wrong(string name, byte type)
    {
        var (terms, keyLog, messages) = Load(name);
        var at = messages.FindIndex(item => item.Message.Type.Code == type);
        messages[at] = Changed(terms, messages[at], ^9);

        var check = HandshakeChecks.Run(terms, keyLog, messages).Single(check => check.Event == messages[at]);

        Assert.That(check.Status, Is.EqualTo(CheckStatus.Wrong));
    }

    [TestCase("tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256", 12)]
    [TestCase("tls1.3-AES_256_GCM_SHA384", 15)]
    public void A_signature_that_is_repeated_is_checked_once(string name, byte type)
    {
        var (terms, keyLog, messages) = Load(name);
        var at = messages.FindIndex(item => item.Message.Type.Code == type);
        messages.InsertRange(at, [messages[at], messages[at]]);

        var checks = HandshakeChecks.Run(terms, keyLog, messages).Where(check => check.Event == messages[at]);

        Assert.That(checks.Select(check => check.Status), Is.EqualTo((CheckStatus[])
            [CheckStatus.Ok, CheckStatus.NotChecked, CheckStatus.NotChecked]));
    }

    [Test]
    public void Handshakes_without_end_are_not_all_checked()
    {
        var (terms, keyLog, messages) = Load("tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        var late = messages.Select(item => item with { Handshake = 100 }).ToList();

        var signed = HandshakeChecks.Run(terms, keyLog, late)[0];

        Assert.That(signed.Status, Is.EqualTo(CheckStatus.NotChecked));
        Assert.That(signed.Reason, Does.StartWith("only the first 100 handshakes"));
    }

    [Test]
    public void Without_secrets_the_signature_is_still_checked()
    {
        var (terms, _, messages) = Load("tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256");

        var checks = HandshakeChecks.Run(terms, NoSecrets, messages);

        Assert.That(checks.Select(check => (check.Event.Message.Type.ToString(), check.Status)), Is.EqualTo((object[])
        [
            ("ServerKeyExchange", CheckStatus.Ok), ("Finished", CheckStatus.NotChecked),
            ("Finished", CheckStatus.NotChecked),
        ]));
        Assert.That(checks[1].Reason, Is.EqualTo("the key log has no CLIENT_RANDOM for this session"));
    }

    [TestCase("tls1.2-client-certificate")]
    [TestCase("tls1.3-client-certificate")]
    [TestCase("tls1.0-DHE_RSA_WITH_CAMELLIA_128_CBC_SHA")]
    public void A_message_cut_anywhere_is_an_outcome_and_no_exception(string name)
    {
        var (terms, keyLog, messages) = Load(name);
        var last = messages.FindLastIndex(item => item.Message.Body is Finished);
        for (var at = 0; at <= last; at++)
        {
            var bytes = messages[at].Message.Bytes;
            for (var length = 4; length < bytes.Length; length += 1 + (length / 3))
            {
                List<HandshakeEvent> cut = [.. messages];
                cut[at] = Reread(terms, messages[at], bytes[..length]);
                var statuses = HandshakeChecks.Run(terms, keyLog, cut).Select(check => check.Status);
                Assert.That(
                    statuses, Does.Contain(CheckStatus.Wrong).Or.Contain(CheckStatus.NotChecked),
                    $"message {at}, {length} octets");
            }
        }
    }

    [TestCase("tls1.2-client-certificate")]
    [TestCase("tls1.3-HelloRetryRequest")]
    public void Behind_a_gap_a_Finished_is_not_called_wrong(string name)
    {
        var (terms, keyLog, messages) = Load(name);
        messages.RemoveAt(2);

        var finished = HandshakeChecks.Run(terms, keyLog, messages, completeUntil: 1)
            .Where(check => check.Event.Message.Body is Finished);

        Assert.That(finished.Select(check => check.Reason), Is.EqualTo((string[])
            ["messages before it are missing", "messages before it are missing"]));
    }
}

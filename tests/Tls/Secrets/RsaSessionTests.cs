using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Verification;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class RsaSessionTests
{
    private const string Said = "hello over TLS\n";
    private const string Full = "tls1.2";

    private static SessionSecrets WithServerKey() => new(rsaKeys: RsaPrivateKeys.Parse(RecordedSession.ServerKey));

    // The first of two connections teaches what the second needs.
    private static DecodedConnection Decode(string name, SessionSecrets secrets)
    {
        if (name.EndsWith("-2", StringComparison.Ordinal)) _ = Decode(name[..^1] + "1", secrets);
        return DecodeAlone(name, secrets);
    }

    private static DecodedConnection DecodeAlone(string name, SessionSecrets secrets)
    {
        var decoder = new ConnectionDecoder();
        var frame = 0;
        foreach (var (from, bytes) in RecordedSession.Load(name).Segments)
            decoder.Data(from, bytes, new FrameStamp(++frame, 0));
        return decoder.Decode(secrets);
    }

    private static string Text(DecodedConnection connection) =>
        Encoding.ASCII.GetString(connection.ApplicationData(Direction.ClientToServer));

    private static ClientKeyExchange ExchangeOf(DecodedConnection connection) =>
        connection.Messages.Select(item => item.Message.Body).OfType<ClientKeyExchange>().Single();

    [TestCaseSource(typeof(RecordedSession), nameof(RecordedSession.RsaNames))]
    public void The_servers_key_opens_every_record_and_proves_both_Finished(string name)
    {
        var secrets = WithServerKey();

        var connection = Decode(name, secrets);

        Assert.That(Text(connection), Is.EqualTo(Said));
        Assert.That(connection.Records.Where(record => record.IsProtected)
            .Select(record => record.Opened?.Status), Is.All.EqualTo(RecordStatus.Ok));
        Assert.That(SessionEvidence.WithoutNotes(ConnectionVerifier.Verify(connection, secrets.KeyLog)), Is.Empty);
        Assert.That(
            connection.Messages.Where(item => item.Message.Body is Finished).Select(item => item.Remark),
            Is.EqualTo((string[])["verify_data ok", "verify_data ok"]));
    }

    [Test]
    public void The_version_inside_the_premaster_secret_is_a_fact()
    {
        var secrets = WithServerKey();

        var facts = Decode(Full, secrets).Facts;

        Assert.That(secrets.KeyLog.PremasterVersion(facts.ClientRandom.Span), Is.EqualTo(ProtocolVersion.Tls12));
        Assert.That(secrets.KeyLog.PremasterVersion(new byte[32]), Is.Null);
    }

    [Test]
    public void What_a_key_worked_out_can_be_written_as_a_line_and_read_again()
    {
        var secrets = WithServerKey();
        var random = Decode(Full, secrets).Facts.ClientRandom;

        var lines = secrets.KeyLog.LinesOf(random.Span);

        Assert.That((lines.Count, secrets.KeyLog.SessionCount), Is.EqualTo((1, 0)));
        Assert.That(Text(Decode(Full, new SessionSecrets(KeyLog.Parse(lines[0])))), Is.EqualTo(Said));
    }

    [Test]
    public void A_key_that_fits_nothing_can_be_told_with_what_was_seen()
    {
        var secrets = new SessionSecrets(rsaKeys: RsaPrivateKeys.Parse(RsaPrivateKeysTests.OtherKey));

        var connection = Decode(Full, secrets);

        Assert.That(connection.Records.Where(record => record.IsProtected)
            .Select(record => record.Opened), Is.All.Null);
        var seen = secrets.ServerKeys.Single();
        Assert.That((seen.Subject, seen.Kind, seen.HasPrivateKey),
            Is.EqualTo(("CN=tlsinterop.test", "RSA 2048", false)));
        Assert.That((seen.RsaKeyExchanges, seen.OtherKeyExchanges), Is.EqualTo((1, 0)));
        Assert.That(seen.Fingerprint, Has.Length.EqualTo(64));
    }

    [Test]
    public void A_key_exchange_that_no_key_opens_is_counted_apart()
    {
        var secrets = WithServerKey();

        _ = Decode("tls1.0-DHE_RSA_WITH_CAMELLIA_128_CBC_SHA", secrets);
        _ = Decode("tls1.2-ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", secrets);

        Assert.That(
            secrets.ServerKeys.Select(seen => (seen.Kind, seen.RsaKeyExchanges, seen.OtherKeyExchanges)),
            Is.EqualTo((object[])[("RSA 2048", 0, 1), ("EC", 0, 1)]));
    }

    [Test]
    public void A_premaster_secret_that_was_logged_opens_without_the_key()
    {
        var key = RsaPrivateKeys.Parse(RecordedSession.ServerKey);
        foreach (var name in (string[])[Full, "tls1.2-extended-master-secret", "ssl3"])
        {
            var session = RecordedSession.Load(name);
            var connection = Decode(name, WithServerKey());
            var certificate = connection.Facts.ServerCertificate!.Entries[0].Data;
            var exchange = ExchangeOf(connection).Exchange.Span;
            var premaster = Convert.ToHexString(new ServerKeys(key).Meet(certificate.Span, true)!.Decrypt(exchange)!);
            var lines = (string[])
            [
                $"RSA {Convert.ToHexString(exchange[..8])} {premaster}",
                $"PMS_CLIENT_RANDOM {Convert.ToHexString(session.ClientRandom)} {premaster}",
            ];

            Assert.That(lines.Select(line => Text(Decode(name, new SessionSecrets(KeyLog.Parse(line))))),
                Is.All.EqualTo(Said));
        }
    }

    [TestCase("tls1.2-ticket")]
    [TestCase("tls1.2-session-id")]
    public void A_resumed_session_opens_by_the_secret_of_the_one_before(string name)
    {
        var known = WithServerKey();
        var first = Decode($"{name}-1", known).Facts;
        var line = known.KeyLog.LinesOf(first.ClientRandom.Span).Single();

        Assert.That(Text(Decode($"{name}-2", new SessionSecrets(KeyLog.Parse(line)))), Is.EqualTo(Said));
        var alone = DecodeAlone($"{name}-2", new SessionSecrets(KeyLog.Parse(line)));
        Assert.That(Text(alone), Is.Empty);
    }

    [Test]
    public void A_master_secret_by_session_id_opens_the_session_and_its_resumption()
    {
        var known = WithServerKey();
        var facts = Decode("tls1.2-session-id-1", known).Facts;
        var secret = known.KeyLog.Find(SecretLabels.ClientRandom, facts.ClientRandom.Span)!.Value;
        var line =
            $"RSA Session-ID:{Convert.ToHexString(facts.ServerHello!.SessionId.Span)} "
            + $"Master-Key:{Convert.ToHexString(secret.Span)}";

        foreach (var name in (string[])["tls1.2-session-id-1", "tls1.2-session-id-2"])
        {
            var connection = DecodeAlone(name, new SessionSecrets(KeyLog.Parse(line)));
            Assert.That(Text(connection), Is.EqualTo(Said), name);
        }
    }

    [Test]
    public void A_memory_that_is_full_forgets_the_session_that_was_not_used_longest()
    {
        var key = RsaPrivateKeys.Parse(RecordedSession.ServerKey);
        var secrets = new SessionSecrets(rsaKeys: key, mostSessions: 1);
        _ = Decode("tls1.2-session-id-1", secrets);
        _ = Decode("tls1.0", secrets);

        var resumed = DecodeAlone("tls1.2-session-id-2", secrets);

        Assert.That(Text(resumed), Is.Empty);
    }
}

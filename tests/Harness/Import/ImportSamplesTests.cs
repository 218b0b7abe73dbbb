using TlsInterop.Harness.Import;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Import;

public sealed class ImportSamplesTests
{
    // The suites and types of the same OpenSSL, GnuTLS, told by different texts.
    private const string OpenSsl30 = "a3afc2c46ba4a7d7fbe1cfb7a3031c2f";

    [TestCase("hello-record.xxd.txt", "hex dump", OpenSsl30)]
    [TestCase("hello-record.hexdump.txt", "hex dump", OpenSsl30)]
    [TestCase("hello-record.wireshark.txt", "hex dump", OpenSsl30)]
    [TestCase("hello-record.c.txt", "hex dump", OpenSsl30)]
    [TestCase("hello-message.hex.txt", "hex dump", OpenSsl30)]
    [TestCase("packets-unknown-ca.wireshark.txt", "capture", "871a754af286dfb70c1b53c6887c62e0")]
    [TestCase("openssl-1.1.1-client-msg-refused.txt", "openssl -msg text", "fbe7e189e37a07ee33706f86bc746344")]
    [TestCase("openssl-1.1.1-client-msg-tls13.txt", "openssl -msg text", "40adfd923eb82b89d8836ba37a19bca1")]
    [TestCase("openssl-3.5-client-msg-tls12-unknown-ca.txt", "openssl -msg text", "e1934f32e97b0bd52227953ca7d30118")]
    [TestCase("openssl-3.0-client-debug-refused.txt", "openssl -debug text", "fbe7e189e37a07ee33706f86bc746344")]
    public void Hello_whose_octets_are_told_is_as_it_was_sent(string sample, string form, string ja3)
    {
        var imported = Sample.Import(sample);
        Assert.That(imported.Form, Is.EqualTo(form));
        Assert.That(ImportText.Fingerprints(imported), Is.Not.Null);
        Assert.That(ImportText.Fingerprints(imported)!.Value.IsSent);
        Assert.That(ImportText.Fingerprints(imported)!.Value.Ja3, Is.EqualTo(ja3));
    }

    // ssldump prints the JA3 itself; the traces are of the very programs of the texts above.
    [TestCase("openssl-3.0-client-trace-tls13.txt", "openssl -trace text", OpenSsl30, 0)]
    [TestCase("openssl-3.5-client-trace-tls12-unknown-ca.txt", "openssl -trace text",
        "e1934f32e97b0bd52227953ca7d30118", 0)]
    [TestCase("ssldump-1.4-A-unknown-ca.txt", "ssldump text", "871a754af286dfb70c1b53c6887c62e0", 2)]
    [TestCase("ssldump-1.4-A-hello-retry-request.txt", "ssldump text", "b76a0e4d93920eb9a4ff1bb9c8879387", 5)]
    [TestCase("ssldump-1.4-two.txt", "ssldump text", "fbe7e189e37a07ee33706f86bc746344", 3)]
    public void Hello_that_is_told_in_words_has_the_same_fingerprint(
        string sample, string form, string ja3, int guesses)
    {
        var imported = Sample.Import(sample);
        Assert.That(imported.Form, Is.EqualTo(form));
        Assert.That(ImportText.Fingerprints(imported)!.Value.Ja3, Is.EqualTo(ja3));
        Assert.That(imported.Guesses, Has.Count.EqualTo(guesses));
    }

    // What OpenSSL says in words and what it says in hexadecimal is the same program's.
    [TestCase("openssl-3.5-client-trace-tls12-unknown-ca.txt", "openssl-3.5-client-msg-tls12-unknown-ca.txt")]
    [TestCase("openssl-3.0-client-trace-tls13.txt", "hello-record.xxd.txt")]
    public void Words_and_octets_of_one_program_are_one_profile(string words, string octets)
    {
        var (told, sent) = (Sample.Import(words).Profile!.Hello!, Sample.Import(octets).Profile!.Hello!);
        Assert.That(told.Suites, Is.EqualTo(sent.Suites));
        Assert.That(told.SessionIdLength, Is.EqualTo(sent.SessionIdLength));
        Assert.That(told.RecordVersion, Is.EqualTo(sent.RecordVersion));
        Assert.That(told.Extensions!.Select(Text), Is.EqualTo(sent.Extensions!.Select(Text)));
    }

    [Test]
    public void GnuTls_log_of_a_client_tells_suites_extensions_and_the_length_of_its_session_id()
    {
        var hello = Sample.Import("gnutls-3.8-client-d9-tls13.txt").Profile!.Hello!;
        Assert.That(hello.Suites, Has.Count.EqualTo(29));
        Assert.That(hello.SessionIdLength, Is.EqualTo(32));
        Assert.That(hello.Words(ExtensionType.KeyShare), Is.EqualTo(new[] { "secp256r1", "x25519" }));
        Assert.That(hello.Words(ExtensionType.SupportedVersions),
            Is.EqualTo(new[] { "tls1.3", "tls1.2", "tls1.1", "tls1.0" }));
        Assert.That(hello.Words(ExtensionType.PskKeyExchangeModes), Is.EqualTo(new[] { "psk_dhe_ke", "psk_ke" }));
        Assert.That(hello.Words(ExtensionType.SignatureAlgorithms).Take(2),
            Is.EqualTo(new[] { "rsa_pkcs1_sha256", "rsa_pss_pss_sha256" }));
    }

    [Test]
    public void GnuTls_log_of_a_server_tells_of_its_clients_as_far_as_it_knows_them()
    {
        var imported = Sample.Import("gnutls-3.8-server-d5-two.txt");
        Assert.That(imported.Others, Has.Count.EqualTo(1));
        Assert.That(
            imported.Profile!.Hello!.Suites.Select(suite => $"{suite}"), Is.EqualTo(new[] { "AES_256_GCM_SHA384" }));
        Assert.That(imported.Guesses, Has.Some.Contains("the suites are not told"));
        Assert.That(imported.Profile.Hello.RecordVersion, Is.EqualTo(ProtocolVersion.Tls10));
        Assert.That(imported.Profile.Hello.Words(ExtensionType.KeyShare), Is.EqualTo(new[] { "secp256r1" }));

        var second = Sample.Import("gnutls-3.8-server-d5-two.txt", new() { Connection = 2 });
        Assert.That(second.Number, Is.EqualTo(2));
        Assert.That(second.Alerts.Select(step => $"{step.Sender}: {step.Alert}"),
            Is.EqualTo(new[] { "the client: bad_certificate (42)" }));
    }

    [TestCase("openssl-3.5-server-trace-two.txt", "TLS 1.3", "AES_256_GCM_SHA384", "X25519MLKEM768")]
    [TestCase("openssl-3.0-client-trace-tls13.txt", "TLS 1.3", "AES_256_GCM_SHA384", "x25519")]
    [TestCase("openssl-1.1.1-client-msg-tls13.txt", "TLS 1.3", "AES_256_GCM_SHA384", "x25519")]
    [TestCase("gnutls-3.8-client-d9-tls13.txt", "TLS 1.3", "AES_256_GCM_SHA384", "secp256r1")]
    [TestCase("gnutls-3.7.1-client-d4-tls12.txt", "TLS 1.2", "ECDHE_RSA_WITH_AES_256_GCM_SHA384", null)]
    [TestCase("ssldump-1.4-A-hello-retry-request.txt", "TLS 1.3", "AES_256_GCM_SHA384", null)]
    [TestCase("packets-unknown-ca.wireshark.txt", "TLS 1.2", "ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "x25519")]
    public void Choice_of_the_server_is_told(string sample, string version, string suite, string? group)
    {
        var answer = Sample.Import(sample).Answer;
        Assert.That($"{answer.Version}", Is.EqualTo(version));
        Assert.That($"{answer.Suite}", Is.EqualTo(suite));
        if (group is not null) Assert.That(answer.Group, Is.EqualTo(group));
    }

    [TestCase("openssl-1.1.1-client-msg-refused.txt", "the server: handshake_failure (40)")]
    [TestCase("openssl-3.0-client-debug-refused.txt", "the server: handshake_failure (40)")]
    [TestCase("openssl-3.5-client-msg-tls12-unknown-ca.txt", "the client: unknown_ca (48)")]
    [TestCase("openssl-3.5-client-trace-tls12-unknown-ca.txt", "the client: unknown_ca (48)")]
    [TestCase("ssldump-1.4-A-unknown-ca.txt", "the client: unknown_ca (48)")]
    [TestCase("packets-unknown-ca.wireshark.txt", "the client: unknown_ca (48)")]
    public void Alert_is_told_with_who_sent_it(string sample, string alert)
    {
        var imported = Sample.Import(sample);
        Assert.That(imported.Alerts.Select(step => $"{step.Sender}: {step.Alert}"), Is.EqualTo(new[] { alert }));
        Assert.That(imported.Closing, Is.EqualTo(imported.Alerts.Single()));
        Assert.That(imported.Findings, alert.StartsWith("the client", StringComparison.Ordinal)
            ? Has.Count.EqualTo(1)
            : Is.Empty);
    }

    [TestCase("ssldump-1.4-A-hello-retry-request.txt", true)]
    [TestCase("ssldump-1.4-A-unknown-ca.txt", false)]
    public void Retry_is_told_and_the_first_hello_is_the_client(string sample, bool isRetried) =>
        Assert.That(Sample.Import(sample).Answer.HasHelloRetryRequest, Is.EqualTo(isRetried));

    [Test]
    public void Misreading_of_ssldump_is_a_remark() =>
        Assert.That(Sample.Import("ssldump-1.4-two.txt").Remarks, Has.Some.Contains("Not enough data"));

    [Test]
    public void Every_sample_has_a_line_in_the_list_of_samples()
    {
        var list = File.ReadAllText(Sample.At("README.md"));
        Assert.That(Sample.Texts, Is.Not.Empty);
        foreach (var text in Sample.Texts) Assert.That(list, Does.Contain($"`{text}`"));
    }

    private static string Text(Tls.Scripted.Profiles.ExtensionShape shape) =>
        $"{shape.Type}: {string.Join(", ", shape.Words)}";
}

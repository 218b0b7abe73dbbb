using System.Text;
using TlsInterop.Harness.Commands;
using TlsInterop.Tls.Capture.Files;

namespace TlsInterop.Harness.Tests.Commands;

/// <summary>Key logs and private keys, good and bad.</summary>
public sealed class DecodeKeysTests : DecodeFixture
{
    [Test]
    public async Task Broken_lines_of_a_key_log_are_named_and_the_others_are_used()
    {
        var keys = await File.ReadAllTextAsync(Sample("tls12-resumption.keys"));
        var path = Write("keys.log", "nonsense\n\nCLIENT_RANDOM xx yy\nRSA 1 2\nCLIENT_RANDOM\n1 2 3 4\n" + keys);

        var (status, output, error) = await Decode("--summary", "--keys", path, Capture);
        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output, Does.Contain("6 of 6 protected records opened"));
        Assert.That(error, Does.Contain("keys.log: line 1: ").And.Contain("line 3: ").And.Contain("line 4: ")
            .And.Not.Contain("line 5").And.Contain("and 2 lines more that can't be used; the other lines are used"));
    }

    [TestCase("")]
    [TestCase("# a comment\n")]
    public async Task A_key_log_without_a_secret_opens_nothing_and_is_told(string keys)
    {
        var (status, output, error) = await Decode("--summary", "--keys", Write("keys.log", keys), Capture);

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output, Does.Contain("0 of 6 protected records opened"));
        Assert.That(Lines(error), Has.Length.EqualTo(1).And.All.Contain("keys.log: no line with a secret is in it"));
    }

    [TestCase("CLIENT_RANDOM 00 11\n")]
    public async Task A_key_log_without_a_line_to_use_is_unusable(string keys)
    {
        var (status, output, error) = await Decode("--keys", Write("keys.log", keys), Capture);

        Assert.That((status, output), Is.EqualTo((ExitStatus.Unusable, "")));
        Assert.That(error, Does.Contain("keys.log: Expected: lines of a TLS key log").And.Contain("remedy: "));
    }

    [Test]
    public async Task A_key_log_of_other_sessions_is_told_with_the_count()
    {
        var (status, _, error) = await Decode("--summary", "--keys", Sample("tls13-key-update.keys"), Capture);

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(error, Does.Contain("1 session, and none of the 2 TLS connections here is among them"));
    }

    [Test]
    public async Task Several_key_logs_are_used_together()
    {
        var (_, output, error) = await Decode("--summary", "--keys", Sample("tls13-key-update.keys"),
            "--keys", Sample("tls12-resumption.keys"), Capture);

        Assert.That(output, Does.Contain("6 of 6 protected records opened"));
        Assert.That(error, Is.Empty);
    }

    [Test]
    public async Task Key_logs_that_contradict_each_other_are_named_line_by_line()
    {
        var keys = await File.ReadAllTextAsync(Sample("tls12-resumption.keys"));
        var secret = Lines(keys).First(line => line.StartsWith("CLIENT_RANDOM", StringComparison.Ordinal));
        var random = secret.Split(' ')[1];
        var (wrong, right) =
            (Write("wrong.log", $"# old\n{secret[..^96]}{new string('0', 96)}\n"), Write("right.log", keys));

        var (_, output, error) = await Decode("--summary", "--keys", wrong, "--keys", right, "--keys", right, Capture);

        var line = Array.IndexOf(keys.Split('\n'), secret) + 1;
        Assert.That(error.TrimEnd(), Is.EqualTo($"CLIENT_RANDOM {random[..16]}... is one secret in {wrong}, line 2 and "
            + $"another in {right}, line {line}: the latter is used"));
        Assert.That(output, Does.Contain("6 of 6 protected records opened"));
    }

    [Test]
    public async Task A_capture_that_contradicts_a_key_log_is_named()
    {
        var keys = await File.ReadAllTextAsync(Sample("tls12-resumption.keys"));
        var secret = Lines(keys).First(line => line.StartsWith("CLIENT_RANDOM", StringComparison.Ordinal));
        var capture = At("secrets.pcapng");
        CaptureFile.Write(capture, [], Encoding.ASCII.GetBytes($"{secret[..^1]}{(secret[^1] == '0' ? '1' : '0')}\n"));

        var (_, _, error) = await Decode("--keys", Write("keys.log", keys), capture);

        Assert.That(
            error, Does.Match("CLIENT_RANDOM [0-9a-f]{16}... is one secret in .*keys.log, line [0-9]+ and another "
            + "in the capture itself: the latter is used\n"));
    }

    [Test]
    public async Task A_private_key_that_fits_nothing_is_told_with_what_there_is()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        var (status, _, error) = await Decode(
            "--summary", "--rsa-key", Write("key.pem", rsa.ExportPkcs8PrivateKeyPem()), Capture);

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(error, Does.Contain("key.pem: it does not fit the key that servers show here: ")
            .And.Contain("tlsinterop.test (RSA 2048)"));
    }

    [TestCase("", "Expected: an RSA private key in PEM. Got: none.")]
    [TestCase("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "it is a public key")]
    public async Task A_file_without_a_private_key_is_unusable(string pem, string message)
    {
        var (status, output, error) = await Decode("--rsa-key", Write("key.pem", pem), Capture);

        Assert.That((status, output), Is.EqualTo((ExitStatus.Unusable, "")));
        Assert.That(error, Does.Contain("key.pem: ").And.Contain(message));
    }

    [Test]
    public async Task A_file_with_certificates_alone_is_no_private_key()
    {
        const string Pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        var (status, _, error) = await Decode("--rsa-key", Write("cert.pem", Pem), Capture);

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.Contain(
            "cert.pem: Expected: an RSA private key in PEM. Got: certificates alone.\n  remedy: "));
    }

    [TestCase("--rsa-key", "Got: more than 4 MiB.")]
    [TestCase("--keys", "Expected: lines of a TLS key log")]
    public async Task A_device_without_an_end_is_left_soon(string option, string message)
    {
        var (status, _, error) = await Decode(option, "/dev/zero", Capture);

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.Contain(message));
    }
}

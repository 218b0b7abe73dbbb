using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Commands;

/// <summary><c>explain</c>: what it says of captures, and of what is none.</summary>
public sealed class ExplainCommandTests : DecodeFixture
{
    private static string Refusal(string name) =>
        RepositoryFiles.Find($"tests/Harness/Diagnosis/Captures/{name}.pcapng");

    [Test]
    public async Task An_expired_certificate_is_named_with_evidence_remedy_and_source()
    {
        var result = await Explain(Refusal("openssl-expired"));

        Assert.That(result.Status, Is.EqualTo(ExitStatus.Green), result.Error);
        var lines = Lines(result.Output);
        Assert.That(string.Join(' ', lines[..2]), Does.StartWith("1 connection to port ")
            .And.Contain("the client gave up after ServerHelloDone with alert certificate_expired (45)."));
        Assert.That(result.Output, Does.Contain("\nMost likely (99 %): the server's certificate had expired 23 days "
            + "before this connection. [certificate-expired]\n"));
        Assert.That(result.Output, Does.Match("\n  evidence   frame 6, Certificate: CN=tlsinterop.test, valid from "
            + ".* to "));
        Assert.That(result.Output, Does.Contain("\n  remedy     server: renew the certificate"));
        Assert.That(result.Output, Does.Contain("\n  source     RFC 5280, Section 4.1.2.5: "));
        Assert.That(result.Output, Does.Contain("\nNot the cause: the key exchange: ServerKeyExchange is well formed"));
    }

    [Test]
    public async Task A_healthy_connection_has_nothing_wrong_with_it()
    {
        var result = await Explain("--keys", Sample("tls13-x25519-aes256-gcm.keys"),
            Sample("tls13-x25519-aes256-gcm.pcap"));

        Assert.That(result.Output, Does.Contain("\nNothing is wrong with it.\n").And.Not.Contain("likely"));
    }

    [Test]
    public async Task Several_connections_are_told_by_their_numbers_the_healthy_ones_in_short()
    {
        var result = await Explain(Capture);

        Assert.That(result.Output, Does.Match("(?m)^#1 .* Nothing is wrong with it, .* without keys\\.$"));
        Assert.That(result.Output, Does.Match("(?m)^#2 .* Nothing is wrong with it, .* without keys\\.$"));
    }

    [Test]
    public async Task Json_holds_the_same_for_a_program()
    {
        var result = await Explain("--json", Refusal("openssl-expired"));

        using var document = JsonDocument.Parse(result.Output);
        var cause = document.RootElement[0].GetProperty("diagnosis").GetProperty("causes")[0];
        Assert.That(cause.GetProperty("id").GetString(), Is.EqualTo("certificate-expired"));
        Assert.That(cause.GetProperty("confidence").GetInt32(), Is.EqualTo(99));
        Assert.That(cause.GetProperty("evidence").GetArrayLength(), Is.GreaterThan(1));
    }

    [Test]
    public async Task Rules_are_listed_each_with_a_line_of_its_own_for_the_cause()
    {
        var result = await Explain("--rules");

        Assert.That(Lines(result.Output).Count(line => line[0] != ' '), Is.EqualTo(DiagnosisRules.All.Count));
        Assert.That(Lines(result.Output).Max(line => line.Length), Is.LessThanOrEqualTo(100));
        Assert.That(result.Output, Does.Match("(?m)^padding-intolerance +an end takes minimal padding alone"));
    }

    [Test]
    public async Task Where_keys_are_missing_they_are_what_to_collect()
    {
        var result = await Explain(Sample("tls13-certificate-required.pcap"));

        Assert.That(result.Output, Does.Contain("[hidden-alert]").And.Contain("SSLKEYLOGFILE"));
    }

    [Test]
    public async Task A_complaint_of_a_tool_is_held_against_what_was_decoded()
    {
        var log = Write("ssldump.txt", "Not enough data. Found 321 bytes (expecting 32767)\n");

        var result = await Explain("--client-log", log, Refusal("openssl-expired"));

        Assert.That(result.Output.ReplaceLineEndings(" "), Does.Contain("is a fault of ssldump. [tool-misreading]"));
    }

    [Test]
    public async Task A_log_speaks_for_a_cause_that_the_wire_shows()
    {
        var alone = await Explain(Sample("tls12-no-shared-cipher.pcap"));
        var log = Write("server.log", "SSL routines:tls_post_process_client_hello:no shared cipher\n");

        var both = await Explain("--server-log", log, Sample("tls12-no-shared-cipher.pcap"));

        Assert.That(alone.Output, Does.Contain("Most likely (82 %)"));
        Assert.That(both.Output, Does.Contain("Most likely (91 %)").And.Contain("the server's log, line 1 (OpenSSL)"));
    }

    [TestCase("", "--server-log {0}: it is empty")]
    [TestCase("one\ntwo\n", "--server-log {0}: 2 lines read, none understood")]
    public async Task A_log_that_says_nothing_known_is_told(string text, string message)
    {
        var log = Write("server.log", text);

        var result = await Explain("--server-log", log, Sample("tls12-no-shared-cipher.pcap"));

        Assert.That(result.Error, Does.Contain(string.Format(CultureInfo.InvariantCulture, message, log)));
        Assert.That(result.Status, Is.EqualTo(ExitStatus.Green));
    }

    [Test]
    public async Task A_capture_that_is_cut_says_so_first()
    {
        var whole = File.ReadAllBytes(Sample("tls12-no-shared-cipher.pcap"));

        var cut = await Explain(Write("cut.pcap", whole[..650]));
        var result = await Explain(Sample("tls12-no-shared-cipher.pcap"));

        Assert.That(cut.Output, Does.Match(@"\(86 %\): the capture breaks off").And.Not.Contain("load balancers"));
        Assert.That(result.Output, Does.Not.Contain("breaks off"));
    }

    [TestCase("nowhere.pcap", "there is no such file")]
    public async Task A_capture_that_is_not_there_is_told(string name, string message)
    {
        var result = await Explain(At(name));

        Assert.That(result.Status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(result.Error, Does.Contain(message));
        Assert.That(result.Output, Is.Empty);
    }

    [Test]
    public async Task What_is_no_capture_is_told()
    {
        var empty = await Explain(Write("empty.pcap", ""));
        var text = await Explain(Write("text.pcap", "CLIENT_RANDOM 00 11\n"));

        Assert.That(empty.Error, Does.Contain("Got: an empty file."));
        Assert.That(text.Error, Does.Contain("Got: a key log."));
        Assert.That((empty.Status, text.Status), Is.EqualTo((ExitStatus.Unusable, ExitStatus.Unusable)));
    }

    [Test]
    public async Task A_log_that_is_binary_is_told()
    {
        var result = await Explain(
            "--server-log", Write("server.log", [1, 0, 2, 0, 3]), Sample("tls12-no-shared-cipher.pcap"));

        Assert.That(result.Status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(result.Error, Does.Contain("--server-log").And.Contain("Got: something binary."));
    }

    [Test]
    public async Task Keys_of_another_capture_are_told()
    {
        var result = await Explain(
            "--keys", Sample("tls13-chacha20.keys"), Sample("tls12-no-shared-cipher.pcap"));

        Assert.That(result.Status, Is.EqualTo(ExitStatus.Green));
        Assert.That(result.Error, Does.Contain("it belongs to another capture"));
    }

    [Test]
    public async Task Every_beginning_of_a_capture_is_explained_or_refused_in_words()
    {
        var whole = File.ReadAllBytes(Refusal("openssl-expired"));
        for (var length = 0; length < whole.Length; length += 97)
        {
            var result = await Explain(Write("cut.pcapng", whole[..length]));
            Assert.That(result.Status, Is.AnyOf(ExitStatus.Green, ExitStatus.Unusable));
            Assert.That(result.Output + result.Error, Is.Not.Empty);
        }
    }

    [Test]
    public async Task A_usual_capture_is_explained_at_once()
    {
        await Explain(Refusal("openssl-expired"));
        var since = Stopwatch.GetTimestamp();

        await Explain(Refusal("openssl-expired"));

        Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(1)));
    }

    private static async Task<DecodeResult> Explain(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CommandTree.InvokeAsync(["explain", .. arguments], output, error);
        return new(status, output.ToString(), error.ToString());
    }
}

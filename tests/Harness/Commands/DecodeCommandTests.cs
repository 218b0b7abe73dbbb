using System.Text.Json;
using TlsInterop.Harness.Commands;
using TlsInterop.Tls.Presentation.Json;

namespace TlsInterop.Harness.Tests.Commands;

/// <summary>What <c>decode</c> shows, by its options.</summary>
public sealed class DecodeCommandTests : DecodeFixture
{
    [Test]
    public async Task A_ladder_with_findings_is_the_default()
    {
        var (status, output, error) = await Decode(Sample("tls12-no-shared-cipher.pcap"));

        Assert.That((status, error), Is.EqualTo((ExitStatus.Green, "")));
        Assert.That(output, Does.StartWith("#1 127.0.0.1:").And.Contain("ClientHello"));
        Assert.That(output, Does.Contain("handshake_failure (40)"));
        Assert.That(output, Does.Contain("\nfindings").And.Not.Contain('\x1b'));
    }

    [Test]
    public async Task A_summary_is_one_line_a_connection()
    {
        var (_, output, _) = await Decode("--summary", Capture);

        Assert.That(Lines(output), Has.Length.EqualTo(2).And.All.Match("^#[12] .* · complete · TLS 1.2 "));
    }

    [Test]
    public async Task A_summary_in_JSON_is_one_object_a_line()
    {
        var (_, output, _) = await Decode("--summary", "--format", "jsonl", "--verify", Capture);

        var lines = Lines(output).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(lines.Select(line => line.GetProperty("connection").GetInt32()), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(lines.Select(line => line.GetProperty("resumed").GetBoolean()), Is.EqualTo(new[] { false, true }));
        Assert.That(lines[0].TryGetProperty("findings", out _));
    }

    [Test]
    public async Task Everything_in_JSON_is_one_document_whatever_was_chosen()
    {
        foreach (var (port, connections) in new[] { ("24433", 2), ("1", 0) })
        {
            var (_, output, _) = await Decode("--format", "json", "--port", port, Capture);
            Assert.That(JsonDocument.Parse(output).RootElement.GetProperty("connections").GetArrayLength(),
                Is.EqualTo(connections));
        }
    }

    [Test]
    public async Task Connections_are_chosen_by_number()
    {
        var (status, output, _) = await Decode("--summary", "--stream", "2", Capture);

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(Lines(output), Has.Length.EqualTo(1).And.All.StartsWith("#2 "));
    }

    [TestCase("--stream", "3")]
    [TestCase("--port", "1")]
    public async Task A_choice_that_meets_nothing_is_told_by_words_and_status(string option, string value)
    {
        var (status, nothing, error) = await Decode(option, value, Capture);

        Assert.That((status, nothing), Is.EqualTo((ExitStatus.Unusable, "")));
        Assert.That(error, Does.Contain($"none of its 2 connections is one that {option} asks for"));
    }

    [TestCase("text", "#1 ")]
    [TestCase("json", "{\"connections\":[\n")]
    [TestCase("jsonl", "{\"summary\":{\"connection\":1,")]
    [TestCase("snapshot", "→ ClientHello ")]
    public async Task A_format_is_chosen_by_its_name(string format, string beginning)
    {
        var (status, output, _) = await Decode("--format", format, Capture);

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output, Does.StartWith(beginning));
    }

    [Test]
    public async Task The_schema_is_printed_without_a_capture()
    {
        var (status, output, _) = await Decode("--schema");

        Assert.That((status, output), Is.EqualTo((ExitStatus.Green, ConnectionSchema.Text)));
    }

    [TestCase("--summary", "--format", "json", "Expected: --format text or jsonl with it. Got: json")]
    [TestCase("--format", "xml", "--format: Argument 'xml' not recognized.")]
    [TestCase("--stream", "x", "--summary", "--stream: Expected: a whole number. Got: 'x'")]
    public async Task Options_that_make_no_sense_are_told(params string[] words)
    {
        var (status, _, error) = await Decode([.. words[..^1], Capture]);

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.Contain(words[^1]));
    }

    [TestCase("--verify", "--verify: no effect without --summary: the rules are asked anyway")]
    [TestCase("--verify --format snapshot", "--verify: no effect with --format snapshot, which shows no findings")]
    [TestCase("--details --summary", "--details: no effect with --summary")]
    [TestCase("--details --format json", "--details: no effect with --format json")]
    [TestCase("--schema", "--schema: the schema alone is printed; FILE is not read")]
    public async Task Options_without_effect_are_told(string options, string remark)
    {
        var (status, output, error) = await Decode([.. options.Split(' '), Capture]);

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output, Is.Not.Empty);
        Assert.That(error.TrimEnd(), Is.EqualTo(remark));
    }
}

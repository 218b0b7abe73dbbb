using System.Diagnostics;
using System.Text.Json;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Tests.Matrix;
using TlsInterop.Tls.Presentation.Json;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class DecodeCommandTests
{
    private const string Resumption = "tests/Tls/Captures/tls12-resumption.pcap";

    private static readonly string Capture = Path.GetFullPath(RepositoryFiles.Find(Resumption));

    private string _folder = "";

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-decode-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

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
            var (status, output, _) = await Decode("--format", "json", "--port", port, Capture);
            Assert.That(status, Is.EqualTo(ExitStatus.Green));
            Assert.That(JsonDocument.Parse(output).RootElement.GetProperty("connections").GetArrayLength(),
                Is.EqualTo(connections));
        }
    }

    [Test]
    public async Task Connections_are_chosen_by_number()
    {
        var (_, output, _) = await Decode("--summary", "--stream", "2", Capture);
        var (status, nothing, error) = await Decode("--stream", "3", Capture);

        Assert.That(Lines(output), Has.Length.EqualTo(1).And.All.StartsWith("#2 "));
        Assert.That((status, nothing), Is.EqualTo((ExitStatus.Unusable, "")));
        Assert.That(error, Does.Contain("none of its 2 connections is one that --stream and --port ask for"));
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

    private static IEnumerable<TestCaseData> Unreadable =>
    [
        new((byte[])[], "Got: an empty file."),
        new("CLIENT_RANDOM 00 11\n"u8.ToArray(), "Got: a key log.\n  remedy: it belongs to --keys"),
        new((byte[])[0x28, 0xb5, 0x2f, 0xfd, 0, 0], "Got: a zstd archive.\n  remedy: unpack it: zstd -d "),
        new("<html>"u8.ToArray(), "Got: 3c68746d: neither of them, packed with gzip or not."),
        new((byte[])[0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0], "Got: the beginning of one, cut before its first frame."),
        new((byte[])[0x1f, 0x8b, 8, 0], "packed with gzip"),
    ];

    [TestCaseSource(nameof(Unreadable))]
    public async Task What_is_no_capture_is_told_with_its_remedy(byte[] bytes, string message)
    {
        var (status, output, error) = await Decode(Write("file", bytes));

        Assert.That((status, output), Is.EqualTo((ExitStatus.Unusable, "")));
        Assert.That(error, Does.Contain("Expected: a pcap or pcapng capture.").And.Contain(message));
        Assert.That(Lines(error), Has.Length.LessThan(3));
    }

    [Test]
    public async Task A_folder_and_a_missing_file_are_told()
    {
        Assert.That(await Decode(_folder), Has.Property("Status").EqualTo(ExitStatus.Unusable)
            .And.Property("Error").Contains("Got: a folder."));
        Assert.That(await Decode(At("none")), Has.Property("Status").EqualTo(ExitStatus.Unusable)
            .And.Property("Error").Contains("there is no such file"));
    }

    [Test]
    public async Task A_capture_that_is_cut_shows_what_there_is_and_says_so()
    {
        var bytes = await File.ReadAllBytesAsync(Capture);
        var (status, output, error) = await Decode("--summary", Write("cut.pcap", bytes[..(bytes.Length / 2)]));

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output, Does.StartWith("#1 "));
        Assert.That(error, Does.Contain("cut.pcap: the file is cut in the middle of a frame"));
    }

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

    [Test]
    public async Task A_link_type_that_is_not_read_is_named()
    {
        var (status, _, error) = await Decode(Write("usb.pcap", Pcap(linkType: 189, [1, 2, 3], [4])));

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.Contain("usb.pcap: link type 189 (USB_LINUX) is not read: 2 frames left out"));
        Assert.That(error, Does.Contain("usb.pcap: no TCP connection in 2 frames"));
    }

    [Test]
    public async Task Dtls_Quic_and_other_datagrams_are_named()
    {
        var (status, output, error) = await Decode("--format", "json", Write("udp.pcap", Pcap(
            linkType: 101, Datagram([22, 0xfe, 0xfd, .. new byte[12]]), Datagram([0xc3, 0, 0, 0, 1, 8]), Datagram([1]),
                Datagram([2]))));

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(JsonDocument.Parse(output).RootElement.GetProperty("connections").GetArrayLength(), Is.Zero);
        Assert.That(error, Does.Contain(
            "no TCP connection in 4 frames: 1 datagram of DTLS, which is not read, 1 datagram of QUIC, whose "
            + "TLS is not read, 2 datagrams of UDP"));
    }

    [Test]
    public async Task A_disk_that_is_full_is_told()
    {
        var program = Path.ChangeExtension(typeof(CommandTree).Assembly.Location, ".dll");
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", $"dotnet '{program}' decode --summary '{Capture}' > /dev/full; echo $?" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = await shell.StandardError.ReadToEndAsync();

        Assert.That((await shell.StandardOutput.ReadToEndAsync()).Trim(), Is.EqualTo($"{ExitStatus.Unusable}"));
        Assert.That(error, Does.StartWith("standard output: the disk is full; what was written is not complete")
            .And.Not.Contain("runs/"));
    }

    [TestCase("head -c 1", "#", Description = "standard output is closed early")]
    [TestCase("tail -n 1 | cut -c 1-2", "#2", Description = "standard output is read to its end")]
    public async Task Standard_input_and_output_are_pipes_that_may_close(string reader, string expected)
    {
        var program = Path.ChangeExtension(typeof(CommandTree).Assembly.Location, ".dll");
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList =
            {
                "-c", $"(dotnet '{program}' decode --summary - < '{Capture}' || echo failed >&2) | {reader}",
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = shell.StandardError.ReadToEndAsync();
        Assert.That((await shell.StandardOutput.ReadToEndAsync()).TrimEnd(), Is.EqualTo(expected));
        Assert.That(await error, Is.Empty);
    }

    // A pcap file in little endian (draft-ietf-opsawg-pcap, Sections 4 and 5).
    private static byte[] Pcap(byte linkType, params byte[][] frames) =>
    [
        0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, .. new byte[8], 0, 0, 4, 0, linkType, 0, 0, 0,
        .. frames.SelectMany(frame => (byte[])
            [.. new byte[8], (byte)frame.Length, 0, 0, 0, (byte)frame.Length, 0, 0, 0, .. frame]),
    ];

    // IPv4 and UDP without checksums.
    private static byte[] Datagram(byte[] payload) =>
    [
        0x45, 0, 0, (byte)(28 + payload.Length), 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2,
        0x30, 0x39, 0x01, 0xbb, 0, (byte)(8 + payload.Length), 0, 0, .. payload,
    ];

    private string At(string name) => Path.Combine(_folder, name);

    private string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(At(name), bytes);
        return At(name);
    }

    private static string Sample(string name) => RepositoryFiles.Find($"tests/Tls/Captures/{name}");

    private static string[] Lines(string text) => text.TrimEnd().Split('\n');

    private static async Task<DecodeResult> Decode(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CommandTree.InvokeAsync(["decode", .. arguments], output, error);
        return new(status, output.ToString(), error.ToString());
    }

    private sealed record DecodeResult(int Status, string Output, string Error);
}

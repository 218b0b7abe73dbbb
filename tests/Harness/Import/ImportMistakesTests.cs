using System.Text;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Import;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Import;

public sealed class ImportMistakesTests
{
    private string _folder = "";

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-import-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [TestCase("", "Got: an empty file")]
    [TestCase("The server does not answer, please help.\n", "Got: something else")]
    public void File_of_no_known_form_is_told_what_there_is_and_how_to_collect_it(string text, string message)
    {
        var wrong = Assert.Throws<UsageException>(() => Sample.Import(Encoding.UTF8.GetBytes(text)))!;
        Assert.That(wrong.Message, Does.Contain(message));
        foreach (var form in ReportForms.All) Assert.That(wrong.Message, Does.Contain(form.Name));
        Assert.That(wrong.Message, Does.Contain("tcpdump"));
    }

    [Test]
    public void Half_a_dump_says_what_is_missing_and_keeps_what_is_there()
    {
        var imported = Sample.Import("hello-record-cut.xxd.txt");
        Assert.That(imported.Remarks, Has.Some.Contains("a record of 325 octets lacks 161 octets"));
        Assert.That(imported.Remarks, Has.Some.Contains("extension_data"));
        Assert.That(imported.Profile!.Hello!.Suites, Has.Count.EqualTo(31));
        Assert.That(imported.Guesses, Has.Some.Contains("cut behind"));
    }

    [Test]
    public async Task Half_a_hello_says_in_its_first_line_that_it_is_none_and_is_written_only_if_asked_for()
    {
        var (cut, file) = (Sample.At("hello-record-cut.xxd.txt"), Path.Combine(_folder, "client.yaml"));

        var (status, output, _) = await InvokeAsync("import", cut);
        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output.Split('\n')[0], Does.Contain("INCOMPLETE: 159 of 320 octets of the ClientHello are there"));
        Assert.That(output, Does.Contain("as far as it is there").And.Contain("(of what is there)"));

        var (refused, _, error) = await InvokeAsync("import", cut, "--out", file);
        Assert.That(refused, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.Contain("159 of 320 octets").And.Contain("--incomplete"));
        Assert.That(file, Does.Not.Exist);

        Assert.That((await InvokeAsync("import", cut, "--out", file, "--incomplete")).Status,
            Is.EqualTo(ExitStatus.Green));
        Assert.That(file, Does.Exist);
    }

    [Test]
    public void Whole_hello_is_not_called_incomplete() =>
        Assert.That(Sample.Import("hello-record.xxd.txt").Hello!.Incomplete, Is.Null);

    [Test]
    public void Octet_of_one_digit_is_told()
    {
        var text = File.ReadAllText(Sample.At("hello-message.hex.txt")).TrimEnd();
        var imported = Sample.Import(Encoding.ASCII.GetBytes(text[..^1]));
        Assert.That(imported.Remarks, Has.Some.Contains("in the middle of an octet"));
        Assert.That(imported.Remarks, Has.Some.Contains("lacks 1 octet"));
    }

    [Test]
    public void Line_of_a_dump_that_is_not_there_is_told()
    {
        var lines = File.ReadAllLines(Sample.At("hello-record.xxd.txt")).ToList();
        lines.RemoveAt(4);
        Assert.That(Sample.Import(Encoding.ASCII.GetBytes(string.Join('\n', lines))).Remarks,
            Has.Some.Contains("octets are missing near offset 0x0030"));
    }

    [Test]
    public void Text_of_another_encoding_is_read()
    {
        var text = File.ReadAllText(Sample.At("openssl-3.0-client-trace-tls13.txt"));
        Assert.That(Sample.Import([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)]).Profile,
            Is.Not.Null);
    }

    [Test]
    public void Quotation_of_a_mail_is_read()
    {
        var lines = File.ReadAllLines(Sample.At("ssldump-1.4-A-unknown-ca.txt")).Select(line => $"> {line}\r");
        Assert.That(Sample.Import(Encoding.ASCII.GetBytes(string.Join('\n', lines))).Profile!.Hello!.Suites,
            Has.Count.EqualTo(28));
    }

    [Test]
    public void Records_as_they_were_on_the_wire_are_read()
    {
        var dump = File.ReadAllText(Sample.At("hello-message.hex.txt")).ReplaceLineEndings("");
        byte[] message = Convert.FromHexString(dump);
        var imported = Sample.Import(
            [22, 3, 3, (byte)(message.Length >> 8), (byte)message.Length, .. message, 21, 3, 3, 0, 2, 2, 70]);
        Assert.That(imported.Form, Is.EqualTo("TLS records"));
        Assert.That(imported.Profile!.Hello!.RecordVersion, Is.EqualTo(ProtocolVersion.Tls12));
        Assert.That(imported.Alerts.Single().Sender, Is.EqualTo("one end"));
    }

    [Test]
    public void Connection_that_is_not_there_is_told_with_those_that_are()
    {
        var wrong = Assert.Throws<UsageException>(
            () => Sample.Import("ssldump-1.4-two.txt", new() { Connection = 9 }))!;
        Assert.That(wrong.Message, Does.Contain("there is no connection 9").And.Contain("#1").And.Contain("#2"));
    }

    [Test]
    public void Names_that_nobody_knows_are_told_and_code_points_are_kept()
    {
        var text = File.ReadAllText(Sample.At("ssldump-1.4-A-unknown-ca.txt"));
        text = text[..text.IndexOf("        ja3 string", StringComparison.Ordinal)]
            .Replace(
                "        TLS_DHE_RSA_WITH_AES_128_CBC_SHA\n",
                "        TLS_FOO_WITH_BAR\n        Unknown value 0xfefe\n");
        var imported = Sample.Import(Encoding.ASCII.GetBytes(text));
        Assert.That(imported.Remarks, Has.Some.Contains("'TLS_FOO_WITH_BAR' is no suite that is known"));
        Assert.That(imported.Profile!.Hello!.Suites, Does.Contain(new CipherSuite(0xfefe)));
        Assert.That(imported.Guesses, Has.Some.Contains("does not show all extensions"));
    }

    [Test]
    public void Long_text_is_read_as_far_as_its_limit()
    {
        var text = new StringBuilder(File.ReadAllText(Sample.At("openssl-1.1.1-client-msg-refused.txt")));
        while (text.Length <= ReportText.MostCharacters) text.Append(new string('x', 1 << 20)).Append('\n');
        var imported = Sample.Import(Encoding.ASCII.GetBytes(text.ToString()));
        Assert.That(imported.Remarks, Has.Some.Contains("longer than 16 MiB"));
        Assert.That(imported.Profile, Is.Not.Null);
    }

    [Test]
    public async Task Command_writes_the_profile_and_tells_where()
    {
        var file = Path.Combine(_folder, "client.yaml");
        var (status, output, error) =
            await InvokeAsync("import", Sample.At("ssldump-1.4-A-unknown-ca.txt"), "--out", file);
        Assert.That(status, Is.EqualTo(ExitStatus.Green), error);
        Assert.That(output, Does.Contain("ssldump text, connection 1").And.Contain(file).And.Contain("new-case"));
        Assert.That(output, Does.Contain("unknown_ca (48) from the client"));
        Assert.That(File.ReadAllText(file), Does.Contain("#   - { to: missing-intermediate, with: unknown_ca }"));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo(new[] { file }));
        // The same again is no other's file.
        Assert.That((await InvokeAsync("import", Sample.At("ssldump-1.4-two.txt"), "--out", file)).Status,
            Is.EqualTo(ExitStatus.Green));
    }

    [Test]
    public async Task File_of_somebodys_own_stays()
    {
        var file = Path.Combine(_folder, "client.yaml");
        await File.WriteAllTextAsync(file, "description: mine\n");
        var (status, _, error) = await InvokeAsync("import", Sample.At("hello-record.xxd.txt"), "--out", file);
        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.Contain("was not imported"));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("description: mine\n"));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Json_is_one_object_with_what_the_summary_tells()
    {
        var (status, output, _) = await InvokeAsync(
            "import", Sample.At("openssl-1.1.1-client-msg-refused.txt"), "--json");
        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        var said = System.Text.Json.Nodes.JsonNode.Parse(output)!;
        Assert.That((string?)said["form"], Is.EqualTo("openssl -msg text"));
        Assert.That((string?)said["steps"]![1]!["alert"], Is.EqualTo("handshake_failure"));
        Assert.That((string?)said["steps"]![1]!["from"], Is.EqualTo("server"));
        Assert.That(said["client"]!["suites"]!.AsArray(), Has.Count.EqualTo(28));
    }

    [Test]
    public async Task Hello_without_suites_is_no_profile_and_writes_no_file()
    {
        var capture = Path.Combine(_folder, "alert.pcapng");
        Commands.SmallCapture.Write(capture);
        var file = Path.Combine(_folder, "client.yaml");
        var (status, _, error) = await InvokeAsync("import", capture, "--out", file);
        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.Contain("Expected: a ClientHello"));
        Assert.That(file, Does.Not.Exist);
    }

    [Test]
    public void Triggers_and_alerts_that_are_named_are_those_that_there_are()
    {
        foreach (var trigger in ClientBehaviour.Triggers)
            Assert.That(Tls.Scripted.Profiles.Triggers.Find(trigger), Is.Not.Null, trigger);
        foreach (var alert in ClientBehaviour.Alerts)
            Assert.That(AlertDescription.Find(alert), Is.Not.Null, alert);
    }

    private static async Task<(int Status, string Output, string Error)> InvokeAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CommandTree.InvokeAsync(words, output, error);
        return (status, output.ToString(), error.ToString());
    }
}

using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Verification;
using static TlsInterop.Tls.Tests.Presentation.CapturedSample;

namespace TlsInterop.Tls.Tests.Presentation;

public sealed class LadderTextTests
{
    [Test]
    public void Messages_stand_in_order_with_their_record_and_size()
    {
        var ladder = Render("tls12-ecdhe-rsa-aes128-gcm");

        Assert.That(Steps(ladder), Is.EqualTo(new[]
        {
            "→ 1 ClientHello 155", "← 1 ServerHello 65", "← 2 Certificate 803", "← 3 ServerKeyExchange 300",
            "← 4 ServerHelloDone 4", "→ 2 ClientKeyExchange 37", "→ 3 ChangeCipherSpec 1", "→ 4 Finished 16",
            "← 5 NewSessionTicket 186", "← 6 ChangeCipherSpec 1", "← 7 Finished 16", "→ 5 application data 6",
            "← 8 application data 6", "→ 6 Alert 2", "← 9 Alert 2", "← FIN", "→ FIN",
        }));
        Assert.That(ladder, Does.Contain("signature ok").And.Contain("verify_data ok").And.Contain("\nfindings"));
    }

    [Test]
    public void What_stays_closed_is_said_to_be_encrypted()
    {
        var steps = Steps(Render("tls12-ecdhe-rsa-aes128-gcm", hasKeys: false));

        Assert.That(steps, Does.Contain("→ 4 handshake (encrypted) 40").And.Contain("→ 5 (encrypted) 30"));
    }

    [Test]
    public void A_finding_has_its_place_its_message_and_its_rule()
    {
        var connection = Of("tls12-no-shared-cipher");
        var finding = new Finding("some-rule", Severity.Warning, "Expected a. Got: b.", Direction.ServerToClient, 4,
            "RFC 5246, Section 7", "It is a.", Record: 1, Offset: 5, Bytes: "0228");
        string Ladder(params Finding[] findings) => LadderText.Render(connection.Info, connection.Decoded, findings);

        Assert.That(Ladder(), Does.Contain("\nfindings: none\n"));
        Assert.That(Ladder(finding), Does.Contain(
            "\nfindings\n  warning  some-rule · server · frame 4 · record 1 · offset 5 · 0228\n"
            + "           Expected a. Got: b.\n           RFC 5246, Section 7: It is a.\n"));
    }

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.Names))]
    public void No_line_is_too_long_and_none_ends_in_spaces(string name)
    {
        foreach (var line in Render(name, details: true).Split('\n'))
        {
            Assert.That(line, Has.Length.LessThanOrEqualTo(LadderOptions.UsualWidth));
            Assert.That(line, Does.Not.EndWith(" "));
        }
    }

    [Test]
    public void Details_list_every_extension()
    {
        var ladder = Render("tls13-hello-retry-request", details: true);

        Assert.That(ladder, Does.Contain("psk_key_exchange_modes psk_dhe_ke").And.Contain("selected_group secp384r1"));
    }

    [Test]
    public void Colours_are_for_terminals_that_have_them()
    {
        var connection = Of("tls12-no-shared-cipher");
        string Ladder(bool isOn) => LadderText.Render(
            connection.Info, connection.Decoded, findings: null, new LadderOptions(new Ink(isOn)));

        Assert.That(Ladder(isOn: false), Does.Not.Contain('\x1b'));
        Assert.That(Ladder(isOn: true), Does.Contain("\x1b[31mAlert"));
    }

    [Test]
    public void Application_data_in_many_records_is_one_line()
    {
        var sample = SampleConnection.Get("tls12-ecdhe-rsa-aes128-gcm");
        byte[] record = [23, 3, 3, 0, 4, 1, 2, 3, 4];
        var steps = sample.Steps.Take(4).Append(Client([.. record, .. record, .. record]));

        Assert.That(Render(Of(steps)), Does.Match(@"\(encrypted\) +12  3 records\n"));
    }

    [Test]
    public void Foreign_text_can_not_command_the_terminal()
    {
        var ladder = Render(Of([Server("220 \x1b[2J\u009b\r\n"u8.ToArray())]));

        Assert.That(ladder, Does.Not.Contain('\x1b').And.Not.Contain('\u009b'));
        Assert.That(SafeText.Of("a\u202eb\x7f\nc"), Is.EqualTo("a?b??c"));
    }

    // legacy_version, random, a session_id of 32 octets and the length of cipher_suites end 78 octets into the record.
    [TestCase(78, "versions cut off · suites cut off")]
    [TestCase(83, "versions cut off · at least 2 suites: AES_256_GCM_SHA384, CHACHA20_POLY1305_SHA256")]
    public void An_offer_that_the_capture_cuts_off_is_not_shown_as_all_there_was(int length, string expected)
    {
        var hello = SampleConnection.Get("tls13-x25519-aes256-gcm").Steps[0].Bytes;

        Assert.That(
            Words(Render(Of([Client(hello[..length])]))),
            Does.Contain(expected).And.Not.Contain(" 1.2 ").And.Not.Contain("offers a session"));
        Assert.That(Render(Of([Client(hello)])), Does.Not.Contain("cut off").And.Not.Contain("at least"));
    }

    [Test]
    public void A_fault_is_named_in_its_place_and_told_once_below()
    {
        var ladder = Render(Of([Client([22, 3, 3, 0, 1, 1, 23, 3, 3, 0xff, 0xff, 0])]));

        Assert.That(ladder, Does.Match(" fault +length out of range in TLSPlaintext at offset 0\n"));
        Assert.That(
            Words(ladder).Split("Expected a record of at most 2^14 + 2048 octets. Got: 65535"), Has.Length.EqualTo(2));
        Assert.That(ladder, Does.Not.Contain("LengthOutOfRange"));
    }

    [Test]
    public void A_fault_says_where_it_is_and_whose()
    {
        byte[] hello = [22, 3, 1, 0, 8, 1, 0, 0, 4, 3, 3, 0, 0];

        Assert.That(Render(Of([Client(hello)])), Does.Contain(
            "faults\n  frame 1, client: cut short in random at offset 6: Expected 32 octets. Got: 2 "
            + "(the sender wrote it so)\n"));
    }

    private static string Render(string name, bool hasKeys = true, bool details = false)
    {
        var connection = Of(name, hasKeys);
        return LadderText.Render(
            connection.Info, connection.Decoded, Findings(connection), new LadderOptions(Details: details));
    }

    private static string Render(Tls.Decoding.CapturedConnection connection) =>
        LadderText.Render(connection.Info, connection.Decoded, findings: null);

    // Arrow, record, name and size of each line.
    private static string Words(string ladder) =>
        string.Join(' ', ladder.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string[] Steps(string ladder) =>
    [
        .. ladder.Split('\n').Where(line => line.Length > 11 && line[11] is '→' or '←' && char.IsDigit(line[9]))
            .Select(line => line[11..Math.Min(line.Length, 48)])
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))),
    ];
}

using System.Text;
using System.Text.Json;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Tests.Captures;
using static TlsInterop.Tls.Tests.Presentation.CapturedSample;

namespace TlsInterop.Tls.Tests.Presentation;

public sealed class SummaryTests
{
    [Test]
    public void A_line_of_text_has_what_was_agreed()
    {
        var line = SummaryText.Line(Summary(Of("tls12-ecdhe-rsa-aes128-gcm")));

        Assert.That(line, Does.StartWith(
            "#7 192.0.2.1:50000 → [2001:db8::2]:443 · complete · TLS 1.2 (offered 1.2) · "
            + "ECDHE_RSA_WITH_AES_128_GCM_SHA256 · x25519 · rsa_pss_rsae_sha256 · server_name tlsinterop.test · "
            + "CH | SH"));
        Assert.That(line, Does.Contain("certificate tlsinterop.test, 2026-11-22 to 2026-12-22"));
        Assert.That(line, Does.Contain("6 of 6 protected records opened"));
        Assert.That(line, Does.Contain("1970-01-01 00:00:00.000456 UTC").And.Contain("ja4 t12d020700_"));
        Assert.That(line, Does.Not.Contain('\n').And.Not.Contain("findings"));
    }

    [Test]
    public void A_line_tells_who_refused_and_when() =>
        Assert.That(SummaryText.Line(Summary(Of("tls12-no-shared-cipher"))),
            Does.Contain(
                " · refused by alert: handshake_failure (40) from the server after ClientHello · offered 1.2 · "));

    [TestCase("tls13-psk", " · pre-shared key · ", false, true)]
    [TestCase("tls13-resumption-2", " · resumed · ", true, false)]
    [TestCase("tls12-resumption-2", " · resumed · ", true, false)]
    [TestCase("tls12-psk-aes128-gcm", "PSK_WITH_AES_128_GCM_SHA256 · server_name", false, false)]
    public void A_key_from_elsewhere_is_no_resumption(string name, string text, bool isResumed, bool isByKey)
    {
        var json = Json(Of(name), verifies: false);

        Assert.That(SummaryText.Line(Summary(Of(name))), Does.Contain(text));
        Assert.That(json.GetProperty("resumed").GetBoolean(), Is.EqualTo(isResumed));
        Assert.That(json.TryGetProperty("pre_shared_key", out _), Is.EqualTo(isByKey));
    }

    [TestCase(15, 0x84, Description = "a DER sequence that is none")]
    [TestCase(12, 0xff, Description = "a certificate that is longer than the message")]
    public void A_certificate_that_can_not_be_read_is_not_passed_over(int at, byte octet)
    {
        var sample = SampleConnection.Get("tls12-ecdhe-rsa-aes128-gcm");
        var steps = sample.Steps.Select(step => step with { Bytes = [.. step.Bytes] }).ToList();
        var sent = steps.Find(step => step.Bytes is [22, _, _, _, _, 2, ..])!.Bytes;
        var record = Enumerable.Range(0, sent.Length).First(i => sent.AsSpan(i) is [22, 3, 3, _, _, 11, ..]);
        sent[record + at] = octet;
        var broken = Of(steps, sample.KeyLog);

        Assert.That(
            SummaryText.Line(Summary(broken)),
            Does.Contain(" · complete · ").And.Contain(" · certificate unreadable · "));
        Assert.That(Json(broken, verifies: false).GetProperty("certificate_unreadable").GetBoolean(), Is.True);
        Assert.That(
            LadderText.Render(broken.Info, broken.Decoded, null),
            Does.Contain("unreadable").And.Not.Contain("no certificate"));
    }

    [Test]
    public void A_line_of_JSON_is_one_object_with_the_same()
    {
        var json = Json(Of("tls12-ecdhe-rsa-aes128-gcm"), verifies: false);

        Assert.That(json.GetProperty("connection").GetInt32(), Is.EqualTo(7));
        Assert.That(json.GetProperty("start").GetString(), Is.EqualTo("1970-01-01T00:00:00.000456789Z"));
        Assert.That(json.GetProperty("server").GetProperty("address").GetString(), Is.EqualTo("2001:db8::2"));
        Assert.That(json.GetProperty("outcome").GetString(), Is.EqualTo("complete"));
        Assert.That(json.GetProperty("cipher_suite").GetString(), Is.EqualTo("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
        Assert.That(
            json.GetProperty("certificate").GetProperty("not_after").GetString(), Does.StartWith("2026-12-22T"));
        Assert.That(json.GetProperty("decrypted").GetString(), Is.EqualTo("all"));
        Assert.That(json.GetProperty("alerts")[0].GetProperty("description").GetString(), Is.EqualTo("close_notify"));
        Assert.That(json.GetProperty("ja4s").GetString(), Does.StartWith("t120400_c02f_"));
        Assert.That(json.TryGetProperty("findings", out _), Is.False, "the rules were not asked");
        Assert.That(json.TryGetProperty("alpn", out _), Is.False, "what is not known is left out");
    }

    [Test]
    public void Findings_are_in_the_line_if_the_rules_were_asked()
    {
        var wrong = Of(
            SampleConnection.Get("tls12-ecdhe-rsa-aes128-gcm").Steps, SampleConnection.Get("tls13-key-update").KeyLog);

        var findings = Json(wrong, verifies: true).GetProperty("findings");
        Assert.That(findings.GetArrayLength(), Is.Positive);
        Assert.That(findings[0].GetProperty("severity").GetString(), Is.EqualTo("error"));
    }

    [TestCase(true, true, "all")]
    [TestCase(false, true, "none")]
    [TestCase(false, false, "nothing_protected")]
    public void What_could_be_decrypted_is_one_word(bool hasKeys, bool isProtected, string expected) =>
        Assert.That(Summary(Of(isProtected ? "tls13-key-update" : "tls12-no-shared-cipher", hasKeys)).Decrypted,
            Is.EqualTo(expected));

    private static JsonElement Json(Tls.Decoding.CapturedConnection connection, bool verifies)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        ConnectionOutput.SummaryJsonLine(verifies).Write(connection, buffer);
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        Assert.That(text.IndexOf('\n'), Is.EqualTo(text.Length - 1));
        return JsonDocument.Parse(text).RootElement;
    }
}

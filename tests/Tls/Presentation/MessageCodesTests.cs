using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Tests.Captures;
using static TlsInterop.Tls.Tests.Presentation.CapturedSample;

namespace TlsInterop.Tls.Tests.Presentation;

public sealed class MessageCodesTests
{
    [TestCase("tls12-ecdhe-rsa-aes128-gcm", true,
        "CH | SH CT SKE SHD | CKE CCS FIN | NST CCS FIN | AD | AD | AL:close_notify | AL:close_notify")]
    [TestCase("tls12-ecdhe-rsa-aes128-gcm", false,
        "CH | SH CT SKE SHD | CKE CCS HS* | NST CCS HS* | AD* | AD* | AL* | AL*")]
    [TestCase("tls13-hello-retry-request", true,
        "CH | HRR CCS | CCS CH | SH EE CT CV FIN | FIN | NSTx2 | AD | AD | AL:close_notify | AL:close_notify")]
    [TestCase("tls12-no-shared-cipher", false, "CH | AL:handshake_failure")]
    public void A_sample(string name, bool hasKeys, string expected) =>
        Assert.That(Summary(Of(name, hasKeys)).Messages, Is.EqualTo(expected));

    [Test]
    public void A_server_that_speaks_first_begins_with_a_bar() =>
        Assert.That(Summary(Of([Server("220 ready\r\n"u8.ToArray()), Client("QUIT\r\n"u8.ToArray())])).Messages,
            Is.EqualTo("| TXT | TXT"));

    [Test]
    public void A_message_with_a_fault_has_a_question_mark()
    {
        byte[] hello = [22, 3, 1, 0, 8, 1, 0, 0, 4, 3, 3, 0, 0];

        Assert.That(Summary(Of([Client(hello)])).Messages, Is.EqualTo("CH?"));
    }

    [Test]
    public void A_line_ends_when_it_is_long_enough()
    {
        var pairs = Enumerable.Range(0, 500).SelectMany(_ => (SampleConnection.Step[])
            [Client([20, 3, 3, 0, 1, 1]), Server([20, 3, 3, 0, 1, 1])]);

        var messages = Summary(Of(pairs)).Messages;
        Assert.That(messages, Does.EndWith(" ...").And.Length.LessThan(1000));
    }

    [Test]
    public void The_legend_tells_every_code_once() =>
        Assert.That(MessageCodes.Legend.Select(row => row.Code), Is.Unique.And.Contains("CH").And.Contains("HRR"));
}

using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Targets;

namespace TlsInterop.Harness.Tests.Targets;

public sealed class TargetTests
{
    [TestCase("mail.example.org:465", "mail.example.org", 465)]
    [TestCase("192.0.2.7:1", "192.0.2.7", 1)]
    [TestCase("[2001:db8::7]:65535", "2001:db8::7", 65535)]
    public void Name_or_address_and_port_are_read_and_written_alike(string text, string host, int port)
    {
        var target = Target.Parse(text);
        Assert.That(target, Is.EqualTo(new Target(host, port)));
        Assert.That(target.ToString(), Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("mail.example.org")]
    [TestCase(":443")]
    [TestCase("mail.example.org:")]
    [TestCase("mail.example.org:0")]
    [TestCase("mail.example.org:65536")]
    [TestCase("mail.example.org:+1")]
    [TestCase("mail.example.org:https")]
    [TestCase("2001:db8::7:443")]
    [TestCase("[]:443")]
    [TestCase("two words:443")]
    public void Anything_else_is_refused_with_an_example(string text) => Assert.That(
        () => Target.Parse(text), Throws.TypeOf<UsageException>().With.Message.Contains("HOST:PORT"));
}

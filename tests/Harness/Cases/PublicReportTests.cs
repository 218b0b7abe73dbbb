using TlsInterop.Harness.Cases;
using TlsInterop.Harness.Tests.Import;

namespace TlsInterop.Harness.Tests.Cases;

public sealed class PublicReportTests
{
    [Test]
    public void Hosts_of_a_capture_are_counted_and_named() =>
        Assert.That(
            PublicReport.Text(Sample.Captures.First(path => Path.GetFileName(path) == "tls12-resumption.pcap")),
            Is.EqualTo("tls12-resumption.pcap goes with the case, for everybody to see: 1 host (127.0.0.1)"));

    [Test]
    public void Text_is_for_its_owner_to_look_through() =>
        Assert.That(
            PublicReport.Text(Sample.At("ssldump-1.4-two.txt")), Does.Contain("for everybody to see: look for"));
}

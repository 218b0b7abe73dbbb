using TlsInterop.Harness.Minimise;

namespace TlsInterop.Harness.Tests.Minimise;

public sealed class VersionOrderTests
{
    [TestCase("trixie", "bullseye bookworm trixie forky sid")]
    [TestCase("1.0.2", "1.0.1 1.0.2 1.0.2k 1.0.10")]
    [TestCase("bc1.80", "bc1.72 bc1.80")]
    public void Versions_of_one_kind_stand_in_the_order_of_their_age(string own, string line)
    {
        string[] all =
        [
            "1.0.10", "sid", "bc1.80", "trixie", "1.0.2k", "bullseye", "1.0.1", "1.0.2", "bc1.72", "forky",
            "bookworm",
        ];

        Assert.That(string.Join(' ', VersionOrder.Line(all, own)), Is.EqualTo(line));
    }
}

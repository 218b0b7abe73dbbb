using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Tests.Matrix;

internal sealed class NearMatchTests
{
    [TestCase("", "abc", 3)]
    [TestCase("abc", "abc", 0)]
    [TestCase("abc", "acb", 1)]
    [TestCase("kitten", "sitting", 3)]
    [TestCase("ca", "abc", 3)]
    public void Distance_counts_edits_and_swaps(string left, string right, int expected)
    {
        Assert.That(NearMatch.Distance(left, right), Is.EqualTo(expected));
        Assert.That(NearMatch.Distance(right, left), Is.EqualTo(expected));
    }

    [TestCase("bokworm", "bookworm")]
    [TestCase("Bookworm", "bookworm")]
    [TestCase("1.2", "tls1.2")]
    [TestCase("trexia", "trixie")]
    [TestCase("troxy", null)]
    [TestCase("windows", null)]
    [TestCase("", null)]
    public void Only_a_word_that_is_near_is_offered(string word, string? expected) =>
        Assert.That(NearMatch.Of(word, ["bullseye", "bookworm", "trixie", "tls1.1", "tls1.2"]), Is.EqualTo(expected));
}

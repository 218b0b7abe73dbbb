using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Tests.Matrix;

internal sealed class GlobTests
{
    [TestCase("a/b/c", "a/b/c", true)]
    [TestCase("b", "a/b/c", false, Description = "a part is not the whole")]
    [TestCase("a/*/c", "a/b/c", true)]
    [TestCase("a/*", "a/b/c", false)]
    [TestCase("a/**", "a/b/c", true)]
    [TestCase("**", "a/b/c", true)]
    [TestCase("*", "a/b/c", false)]
    [TestCase("**/c", "a/b/c", true)]
    [TestCase("a/?/c", "a/b/c", true)]
    [TestCase("a?b/c", "a/b/c", false)]
    [TestCase("{exim,cyrus}@*/**", "cyrus@trixie/x", true)]
    [TestCase("{exim,cyrus}@*/**", "openssl@trixie/x", false)]
    [TestCase("a{,b}", "a", true)]
    [TestCase("{a,{b,c}d}", "cd", true)]
    [TestCase("a,b", "a,b", true)]
    [TestCase("tls1.2", "tls1x2", false, Description = "a dot is a dot")]
    [TestCase("A", "a", false)]
    [TestCase("a", "a\n", false)]
    public void A_pattern_describes_the_whole_text(string pattern, string text, bool expected) =>
        Assert.That(Glob.Parse(pattern).IsMatch(text), Is.EqualTo(expected));

    [TestCase("", "empty")]
    [TestCase("{a", "not closed")]
    [TestCase("a}", "closes nothing")]
    public void A_broken_pattern_says_what_is_wrong(string pattern, string expected)
    {
        Assert.That(Glob.TryParse(pattern, out _, out var problem), Is.False);
        Assert.That(problem, Does.Contain(expected));
    }

    [Test]
    [CancelAfter(5000)]
    public void Many_stars_take_no_longer_than_one()
    {
        var pattern = string.Concat(Enumerable.Repeat("**a", 60));

        Assert.That(Glob.Parse(pattern).IsMatch(new string('a', 390) + "b"), Is.False);
    }
}

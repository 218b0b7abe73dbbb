using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Wire;

public sealed class RecentByContentTests
{
    private readonly RecentByContent<string> _recent = new(places: 4, longest: 16);

    [Test]
    public void The_same_octets_of_another_kind_are_something_else()
    {
        _recent.Keep(1, [1, 2, 3], "one");
        _recent.Keep(2, [1, 2, 3], "two");

        Assert.That(_recent.Find(1, [1, 2, 3]), Is.EqualTo("one").Or.Null);
        Assert.That(_recent.Find(2, [1, 2, 3]), Is.EqualTo("two"));
        Assert.That(_recent.Find(3, [1, 2, 3]), Is.Null);
    }

    [Test]
    public void Contents_that_share_a_place_are_never_taken_for_each_other()
    {
        for (var i = 0; i < 1000; i++)
        {
            byte[] content = [(byte)i, (byte)(i >> 8), .. new byte[i % 12]];
            _recent.Keep(0, content, Convert.ToHexString(content));
            for (var j = 0; j <= i; j++)
            {
                byte[] other = [(byte)j, (byte)(j >> 8), .. new byte[j % 12]];
                Assert.That(_recent.Find(0, other), Is.EqualTo(Convert.ToHexString(other)).Or.Null);
            }
            Assert.That(_recent.Find(0, content), Is.Not.Null, "the latest one has its place");
        }
    }

    [Test]
    public void Long_contents_are_not_remembered()
    {
        _recent.Keep(0, new byte[17], "long");

        Assert.That(_recent.Find(0, new byte[17]), Is.Null);
    }

    [Test]
    public void Threads_never_see_a_value_of_other_octets() => Parallel.For(0, 4, thread =>
    {
        for (var i = 0; i < 20_000; i++)
        {
            byte[] content = [(byte)(i % 7), (byte)thread];
            if (_recent.Find(0, content) is { } found) Assert.That(found, Is.EqualTo(Convert.ToHexString(content)));
            _recent.Keep(0, content, Convert.ToHexString(content));
        }
    });
}

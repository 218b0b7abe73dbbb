using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class RecentByIdTests
{
    [TestCase(0)]
    [TestCase(-1)]
    public void A_memory_without_room_is_refused(int capacity)
    {
        Assert.That(() => new RecentById<string>(capacity), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new SessionSecrets(mostSessions: capacity), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Beyond_its_room_it_forgets_what_was_not_asked_for_longest()
    {
        var recent = new RecentById<string>(2);
        recent.Keep([1], "first");
        recent.Keep([2], "second");

        Assert.That(recent.Find([1]), Is.EqualTo("first"));
        recent.Keep([3], "third");

        Assert.That(recent.Find([1]), Is.EqualTo("first"));
        Assert.That(recent.Find([2]), Is.Null);
        Assert.That(recent.Find([3]), Is.EqualTo("third"));
    }
}

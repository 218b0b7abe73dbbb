using System.Buffers.Binary;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class LoggedSecretsTests
{
    [Test]
    public void The_sessions_that_came_first_are_forgotten_and_the_others_are_found()
    {
        var secrets = new LoggedSecrets(capacity: 100);
        for (var i = 0; i < 1000; i++) secrets.Add(new("A", Id(i), Id(-i)), 0, out _);

        Assert.That(secrets.Count, Is.EqualTo(100));
        for (var i = 0; i < 1000; i++)
        {
            Assert.That(secrets.Has(Id(i)), Is.EqualTo(i >= 900));
            Assert.That(secrets.Find("A", Id(i)), i >= 900 ? Is.EqualTo(Id(-i)) : Is.Null);
        }
    }

    [Test]
    public void A_secret_is_kept_once_and_the_last_of_a_label_counts()
    {
        var secrets = new LoggedSecrets(capacity: 1);
        KeyLogLine[] lines = [new("A", Id(1), [1]), new("B", Id(1), [1]), new("A", Id(1), [1]), new("A", Id(1), [2])];
        foreach (var line in lines) secrets.Add(line, 0, out _);

        Assert.That(secrets.LinesOf(Id(1))
            .Select(line => $"{line.Label}{line.Secret[0]}"), Is.EqualTo((string[])["A1", "B1", "A2"]));
        Assert.That(secrets.Find("A", Id(1)), Is.EqualTo((byte[])[2]));
        Assert.That(secrets.Find("C", Id(1)), Is.Null);
        Assert.That(secrets.LinesOf(Id(2)), Is.Empty);
    }

    [Test]
    public void A_session_with_too_many_secrets_loses_the_first()
    {
        var secrets = new LoggedSecrets(capacity: 1);
        for (var i = 0; i < 40; i++) secrets.Add(new("A", Id(1), [(byte)i]), 0, out _);

        Assert.That(secrets.LinesOf(Id(1)).Select(line => line.Secret[0]), Is.EqualTo(Enumerable.Range(8, 32)));
    }

    [Test]
    public void There_are_only_so_many_kinds_of_secrets()
    {
        var secrets = new LoggedSecrets(capacity: 10);

        Assert.That(
            Enumerable.Range(0, 300).Count(i => secrets.Add(new($"L{i}", Id(1), [1]), 0, out _)), Is.EqualTo(255));
    }

    [Test]
    public void Secrets_of_many_sessions_are_small()
    {
        const int Sessions = 20_000;
        var secrets = new LoggedSecrets(Sessions);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Sessions; i++)
        {
            foreach (var label in (string[])["A", "B", "C", "D", "E"]) secrets.Add(new(label, Id(i), Id(i)), 0, out _);
        }
        var octets = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.That(octets / Sessions, Is.LessThan(300));
        Assert.That(secrets.Count, Is.EqualTo(Sessions));
    }

    [Test]
    public void A_secret_that_comes_again_as_another_is_told_with_its_origin()
    {
        var secrets = new LoggedSecrets(capacity: 10);
        secrets.Add(new("A", Id(1), [1]), 70_000, out var first);
        secrets.Add(new("B", Id(1), [2]), 2, out var label);
        secrets.Add(new("A", Id(2), [2]), 3, out var id);
        secrets.Add(new("A", Id(1), [1]), 4, out var again);
        secrets.Add(new("A", Id(1), [3]), 5, out var other);

        Assert.That((uint?[])[first, label, id, again, other], Is.EqualTo((uint?[])[null, null, null, null, 70_000]));
        Assert.That(secrets.Find("A", Id(1)), Is.EqualTo((byte[])[3]));
    }

    private static byte[] Id(int number)
    {
        var id = new byte[32];
        BinaryPrimitives.WriteInt32BigEndian(id, number);
        return id;
    }
}

using System.Text;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Tests.Fuzzing;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class KeyLogTests
{
    private static string Random(int n) => n.ToString("x64");
    private static string Secret(int n) => n.ToString("x96");

    [Test]
    public void A_secret_is_found_by_label_and_client_random()
    {
        var log = KeyLog.Parse($"# a comment\r\nCLIENT_RANDOM {Random(1)} {Secret(2)}\r\n\r\n"
            + $"EXPORTER_SECRET {Random(3)} {Random(4)}\n");

        Assert.That(log.Find(SecretLabels.ClientRandom, Hex.Of(Random(1)))?.ToArray(), Is.EqualTo(Hex.Of(Secret(2))));
        Assert.That(log.Find(SecretLabels.ExporterSecret, Hex.Of(Random(3)))?.ToArray(), Is.EqualTo(Hex.Of(Random(4))));
        Assert.That(log.Find(SecretLabels.ExporterSecret, Hex.Of(Random(1))), Is.Null);
        Assert.That(log.Find(SecretLabels.ClientRandom, [1, 2, 3]), Is.Null);
        Assert.That(log.Faults, Is.Empty);
    }

    [Test]
    public void Whatever_a_key_log_holds_is_read_and_what_is_broken_is_told()
    {
        var original = Encoding.UTF8.GetBytes(SampleConnection.KeyLogText("tls13-early-data-refused"));
        var mutator = new ByteMutator(new Random(20261123));
        var faults = 0;
        for (var i = 0; i < 5000; i++)
            faults += KeyLog.Parse(Encoding.UTF8.GetString(mutator.Mutate(original, original))).Faults.Count;

        Assert.That(faults, Is.GreaterThan(1000));
    }

    [TestCase("CLIENT_RANDOM", "three words")]
    [TestCase("CLIENT_RANDOM 00 00 00", "three words")]
    [TestCase("CLIENT_RANDOM {random} 0011", "48 octets, got 2")]
    [TestCase("CLIENT_RANDOM 0011 {secret}", "64 digits, got 4")]
    [TestCase("CLIENT_RANDOM {random} zz", "the secret is not hexadecimal")]
    [TestCase("CLIENT_RANDOM {random} 123", "the secret is not hexadecimal")]
    [TestCase("client_random {random} {secret}", "capitals")]
    [TestCase("RSA 00112233445566 {secret}", "first 8 octets")]
    [TestCase("RSA 0011223344556677 0011", "premaster secret of 48 octets")]
    [TestCase("RSA Session-ID:zz Master-Key:{secret}", "session id")]
    [TestCase("RSA Session-ID:0011 {secret}", "Master-Key:")]
    [TestCase("RSA Session-ID:0011 Master-Key:0011", "master secret of 48 octets")]
    [TestCase("CLIENT_TRAFFIC_SECRET_0 {random} {long}", "too long")]
    public void A_broken_line_is_kept_with_its_number_and_the_others_are_used(string line, string reason)
    {
        var broken =
            line.Replace("{random}", Random(1)).Replace("{secret}", Secret(1)).Replace("{long}", new string('0', 5000));

        var log = KeyLog.Parse($"# first\n{broken}\nCLIENT_RANDOM {Random(1)} {Secret(2)}");

        Assert.That(log.Faults, Has.Count.EqualTo(1));
        Assert.That(log.Faults[0].Line, Is.EqualTo(2));
        Assert.That(log.Faults[0].Reason, Does.Contain(reason));
        Assert.That(log.SessionCount, Is.EqualTo(1));
    }

    [Test]
    public void Every_label_of_RFC_9850_and_the_older_ones_are_kept()
    {
        var labels = (string[])
        [
            "CLIENT_EARLY_TRAFFIC_SECRET", "EARLY_EXPORTER_SECRET", "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
            "SERVER_HANDSHAKE_TRAFFIC_SECRET", "CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0",
            "CLIENT_TRAFFIC_SECRET_1", "EXPORTER_SECRET", "ECH_SECRET", "ECH_CONFIG", "PMS_CLIENT_RANDOM",
        ];
        var log = KeyLog.Parse(string.Join("\n", labels.Select((label, i) => $"{label} {Random(1)} {Secret(i)}"))
            + $"\nRSA 0011223344556677 {Secret(20)}\nRSA Session-ID:0a0b Master-Key:{Secret(21)}\n");

        Assert.That(log.Faults, Is.Empty);
        for (var i = 0; i < labels.Length; i++)
            Assert.That(log.Find(labels[i], Hex.Of(Random(1)))?.ToArray(), Is.EqualTo(Hex.Of(Secret(i))), labels[i]);
        Assert.That(log.Find("RSA", Hex.Of("0011223344556677"))?.ToArray(), Is.EqualTo(Hex.Of(Secret(20))));
        Assert.That(log.Find("RSA Session-ID", [10, 11])?.ToArray(), Is.EqualTo(Hex.Of(Secret(21))));
        Assert.That(log.Find("RSA Session-ID", [10, 11, 0]), Is.Null);
        Assert.That(log.LinesOf([10, 11]), Is.EqualTo((string[])[$"RSA Session-ID:0a0b Master-Key:{Secret(21)}"]));
    }

    [Test]
    public void Lines_of_a_session_come_back_once_each_and_in_lower_case()
    {
        var log = new KeyLog();
        foreach (var label in (string[])["SERVER_TRAFFIC_SECRET_0", "CLIENT_TRAFFIC_SECRET_0",
            "SERVER_TRAFFIC_SECRET_0"])
            log.Add($"{label} {Random(10).ToUpperInvariant()} {Secret(11)}");

        Assert.That(log.LinesOf(Hex.Of(Random(10))), Is.EqualTo((string[])
        [
            $"SERVER_TRAFFIC_SECRET_0 {Random(10)} {Secret(11)}",
            $"CLIENT_TRAFFIC_SECRET_0 {Random(10)} {Secret(11)}",
        ]));
        Assert.That(log.LinesOf(Hex.Of(Random(12))), Is.Empty);
    }

    [Test]
    public void Beyond_its_capacity_the_oldest_session_is_forgotten()
    {
        var log = new KeyLog(capacity: 3);
        for (var i = 1; i <= 5; i++) log.Add($"CLIENT_RANDOM {Random(i)} {Secret(i)}");

        Assert.That(log.SessionCount, Is.EqualTo(3));
        Assert.That(Enumerable.Range(1, 5)
            .Select(i => log.Knows(Hex.Of(Random(i)))), Is.EqualTo((bool[])[false, false, true, true, true]));
    }

    [Test]
    public void A_flood_of_broken_lines_or_of_secrets_of_one_session_takes_no_more_memory()
    {
        var log = new KeyLog();
        for (var i = 0; i < 10_000; i++)
        {
            log.Add("nonsense");
            log.Add($"CLIENT_RANDOM {Random(1)} {Secret(i)}");
        }

        Assert.That(log.Faults, Has.Count.EqualTo(100));
        Assert.That(log.FaultCount, Is.EqualTo(10_000));
        Assert.That(log.LinesOf(Hex.Of(Random(1))), Has.Count.LessThan(100));
        Assert.That(
            log.Find(SecretLabels.ClientRandom, Hex.Of(Random(1)))?.ToArray(), Is.EqualTo(Hex.Of(Secret(9_999))));
    }

    [Test]
    public void Lines_may_be_added_by_many_threads_while_others_look_up()
    {
        var log = new KeyLog();
        Parallel.For(0, 4_000, i =>
        {
            log.Add($"CLIENT_RANDOM {Random(i)} {Secret(i)}");
            Assert.That(
                log.Find(SecretLabels.ClientRandom, Hex.Of(Random(i)))?.ToArray(), Is.EqualTo(Hex.Of(Secret(i))));
        });

        Assert.That(log.SessionCount, Is.EqualTo(4_000));
    }

    [TestCase("SERVER_TRAFFIC_SECRET_N", 0, Description = "one behind each KeyUpdate")]
    [TestCase("SERVER_TRAFFIC_SECRET_0", 1)]
    public void A_label_that_comes_with_another_secret_contradicts_itself_unless_it_has_many(string label, int expected)
    {
        var random = new string('a', 64);
        var log = KeyLog.Parse($"{label} {random} {new string('1', 64)}\n{label} {random} {new string('2', 64)}\n");

        Assert.That(log.Contradictions, Has.Count.EqualTo(expected));
    }
}

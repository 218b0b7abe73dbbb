using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Serve;

namespace TlsInterop.Harness.Tests.Serve;

/// <summary>How a search is drawn on a terminal.</summary>
public sealed class SweepTableTests
{
    [TestCase(40, 12)]
    [TestCase(60, 20)]
    [TestCase(100, 30)]
    public void A_table_stays_within_its_terminal(int width, int height)
    {
        var lines = Lines(SweepReadings.Midway(), width, height);

        Assert.That(lines.Select(line => line.Length), Is.All.LessThanOrEqualTo(width));
        Assert.That(lines, Has.Count.LessThanOrEqualTo(height));
    }

    [Test]
    public void A_table_tells_counts_what_is_next_and_the_cause()
    {
        var text = string.Join('\n', Lines(SweepReadings.Midway(), 100, 30));

        Assert.That(text, Does.StartWith(
            "2 connections · 1 worked · 1 FAILED · 1 not offered · 1 not tried yet · at most 7 more\n"));
        Assert.That(text, Does.Contain("next      exim@trixie TLS 1.2 RSA_WITH_AES_128_CBC_SHA"));
        Assert.That(text, Does.Contain("(padding-intolerance, 95"));
        Assert.That(text, Does.Match(
            " 1  FAILED +exim@bullseye TLS 1.2 RSA_WITH_AES_128_CBC_SHA   padding-intolerance"));
    }

    [Test]
    public void What_a_device_said_moves_no_cursor() =>
        Assert.That(string.Concat(Lines(SweepReadings.Midway(), 100, 30)), Does.Not.Contain('\e'));

    [Test]
    public void Failures_come_first_where_there_is_no_room_for_all()
    {
        var reading = SweepReadings.Midway();
        reading = reading with { Tried = [.. reading.Tried.Reverse()] };
        var head = Lines(reading, 100, int.MaxValue).TakeWhile(line => line.Length > 0).Count();

        var lines = Lines(reading, 100, head + 3);

        Assert.That(lines[^2], Does.Contain("FAILED"));
        Assert.That(lines[^1], Is.EqualTo("... 1 more"));
    }

    private static List<string> Lines(SweepReading reading, int width, int height) =>
        [.. SweepTable.Lines(reading, DateTimeOffset.UnixEpoch, width, height).Select(line => line.ToString())];
}

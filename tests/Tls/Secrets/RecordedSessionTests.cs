using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Tests.Secrets;

public sealed class RecordedSessionTests
{
    [TestCaseSource(typeof(RecordedSession), nameof(RecordedSession.Names))]
    public void Every_record_of_a_real_session_opens(string name)
    {
        var replay = new SessionReplay(RecordedSession.Load(name));

        Assert.That(replay.Opened, Has.Count.GreaterThanOrEqualTo(4));
        Assert.That(replay.Opened.Select(record => record.Opened.Status), Is.All.EqualTo(RecordStatus.Ok));
        var said = Encoding.ASCII.GetString([.. replay.ApplicationData[Direction.ClientToServer]]);
        Assert.That(
            said, Is.EqualTo(name == "tls1.3-KeyUpdate" ? "hello over TLS\nhello over TLS\n" : "hello over TLS\n"));
    }

    [TestCaseSource(typeof(RecordedSession), nameof(RecordedSession.Names))]
    public void Both_Finished_of_a_real_session_hold_the_computed_verify_data(string name)
    {
        var replay = new SessionReplay(RecordedSession.Load(name));

        Assert.That(replay.Finished.Select(finished => finished.From), Is.EquivalentTo(Enum.GetValues<Direction>()));
        Assert.That(
            replay.Finished.Select(finished => finished.Got), Is.EqualTo(replay.Finished.Select(f => f.Expected)));
    }

    [Test]
    public void Record_padding_of_TLS_1_3_is_measured()
    {
        var replay = new SessionReplay(RecordedSession.Load("tls1.3-record-padding"));

        var lengths = replay.Opened
            .Where(record => record.Record.From == Direction.ServerToClient)
            .Select(record => record.Opened.Content.Length + 1 + record.Opened.PaddingLength);
        Assert.That(lengths.Select(length => length % 256), Is.All.Zero);
    }

    [Test]
    public void Empty_and_one_octet_records_of_a_split_are_records_like_others()
    {
        var replay = new SessionReplay(RecordedSession.Load("tls1.0-RSA_WITH_AES_128_CBC_SHA"));

        var lengths = replay.Opened
            .Where(record => record.Opened.ContentType == 23)
            .Select(record => record.Opened.Content.Length);
        Assert.That(lengths, Does.Contain(0));
    }
}

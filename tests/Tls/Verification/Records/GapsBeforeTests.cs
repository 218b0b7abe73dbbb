using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification.Records;

namespace TlsInterop.Tls.Tests.Verification.Records;

/// <summary>When a record that does not open is the capture's fault.</summary>
internal sealed class GapsBeforeTests
{
    [Test]
    public void A_gap_excuses_records_of_its_direction_until_one_opens_again()
    {
        var gap = new GapEvent(Direction.ClientToServer, new FrameStamp(5, 0), 100);
        var gaps = new GapsBefore(new DecodedConnection([gap], []));

        Assert.That(gaps.IsLost(Record(Direction.ClientToServer, 3), isOpened: false), Is.False, "before it");
        Assert.That(gaps.IsLost(Record(Direction.ClientToServer, 6), isOpened: false), Is.True, "behind it");
        Assert.That(gaps.IsLost(Record(Direction.ServerToClient, 6), isOpened: false), Is.False, "of the other end");
        Assert.That(gaps.IsLost(Record(Direction.ClientToServer, 7), isOpened: true), Is.False, "it opens");
        Assert.That(gaps.IsLost(Record(Direction.ClientToServer, 8), isOpened: false), Is.False, "behind that");
    }

    private static DecodedRecord Record(Direction direction, long frame) =>
        new(direction, new() { At = new FrameStamp(frame, 0) }, 1, IsProtected: true, Opened: null);
}

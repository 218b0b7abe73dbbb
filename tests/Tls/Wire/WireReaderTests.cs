using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Wire;

public sealed class WireReaderTests
{
    [Test]
    public void Numbers_are_read_in_network_order()
    {
        var reader = new WireReader(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 });

        Assert.That(reader.U8("a"), Is.EqualTo(0x01));
        Assert.That(reader.U16("b"), Is.EqualTo(0x0203));
        Assert.That(reader.U24("c"), Is.EqualTo(0x040506));
        Assert.That(reader.U32("d"), Is.EqualTo(0x0708090a));
        reader.End("all");
        Assert.That(reader.Fault, Is.Null);
    }

    [Test]
    public void The_first_fault_is_kept_and_later_reads_give_nothing()
    {
        var reader = new WireReader(new byte[] { 0, 5, 1, 2 }, FaultOwner.CutCapture, offset: 10);

        var bytes = reader.Vector16("cookie");
        var number = reader.U8("next");

        Assert.That(bytes.Length, Is.Zero);
        Assert.That(number, Is.Zero);
        Assert.That(reader.More, Is.False);
        Assert.That(reader.Fault, Is.EqualTo(new WireFault(
            WireFaultKind.Truncated, "cookie", 12, FaultOwner.CutCapture, "Expected 5 octets. Got: 2")));
    }

    [Test]
    public void A_length_outside_its_bounds_is_the_senders_fault()
    {
        var reader = new WireReader(new byte[] { 33, 0, 0 }, FaultOwner.CutCapture);

        _ = reader.Vector8("legacy_session_id", max: 32);

        Assert.That(
            (reader.Fault!.Kind, reader.Fault.Owner), Is.EqualTo((WireFaultKind.LengthOutOfRange, FaultOwner.Peer)));
    }

    [Test]
    public void A_list_cannot_read_beyond_its_end()
    {
        var reader = new WireReader(new byte[] { 3, 1, 2, 3, 9 });

        var list = reader.List8("list");
        _ = list.U16("first");
        _ = list.U16("second");

        Assert.That(reader.Fault, Is.EqualTo(new WireFault(
            WireFaultKind.Truncated, "second", 3, FaultOwner.Peer, "Expected 2 octets. Got: 1")));
    }

    [Test]
    public void A_cut_list_still_gives_its_first_elements()
    {
        var reader = new WireReader(new byte[] { 0, 9, 1, 2 }, FaultOwner.CutCapture);

        var list = reader.List16("list");
        var elements = new List<byte>();
        while (list.More) elements.Add(list.U8("element"));

        Assert.That(elements, Is.EqualTo((byte[])[1, 2]));
    }

    [Test]
    public void What_follows_the_end_is_reported()
    {
        var reader = new WireReader(new byte[] { 1, 2 });
        _ = reader.U8("a");

        reader.End("structure");

        Assert.That((reader.Fault!.Kind, reader.Fault.Offset), Is.EqualTo((WireFaultKind.TrailingBytes, 1)));
    }

    [Test]
    public void A_hostile_length_allocates_nothing()
    {
        var bytes = new byte[] { 0xff, 0xff, 0xff, 0 };
        var before = GC.GetAllocatedBytesForCurrentThread();

        var reader = new WireReader(bytes);
        _ = reader.Vector24("huge");

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000));
        Assert.That(reader.Fault!.Kind, Is.EqualTo(WireFaultKind.Truncated));
    }
}

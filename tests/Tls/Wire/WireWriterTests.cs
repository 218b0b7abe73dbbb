using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Wire;

public sealed class WireWriterTests
{
    [Test]
    public void Numbers_are_written_in_network_order()
    {
        var writer = new WireWriter();
        writer.U8(0x01);
        writer.U16(0x0203);
        writer.U24(0x040506, "c");
        writer.U32(0x0708090a);

        Assert.That(writer.ToArray(), Is.EqualTo((byte[])[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    }

    [Test]
    public void Lists_in_lists_know_their_lengths_at_their_ends()
    {
        var writer = new WireWriter();
        using (writer.List24("outer"))
        {
            using (writer.List8("inner")) writer.U16(0x0102);
            using (writer.List16("empty")) { }
            writer.Vector8([7, 8, 9], "vector");
        }

        Assert.That(writer.ToArray(), Is.EqualTo((byte[])[0, 0, 9, 2, 1, 2, 0, 0, 3, 7, 8, 9]));
    }

    [Test]
    public void Vectors_of_any_length_can_be_read_again([Values(0, 1, 255, 256, 65_535)] int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var writer = new WireWriter();
        writer.Vector16(bytes, "vector16");
        writer.Vector24(bytes, "vector24");
        writer.Opaque(bytes);

        var reader = new WireReader(writer.ToArray());

        Assert.That(reader.Vector16("vector16").ToArray(), Is.EqualTo(bytes));
        Assert.That(reader.Vector24("vector24").ToArray(), Is.EqualTo(bytes));
        Assert.That(reader.Rest().ToArray(), Is.EqualTo(bytes));
    }

    [Test]
    public void What_a_length_cannot_say_is_the_callers_mistake()
    {
        var writer = new WireWriter();

        Assert.That(() => writer.Vector8(new byte[256], "session_id"),
            Throws.ArgumentException.With.Message.Contains("Expected at most 255 octets in session_id. Got: 256"));
        Assert.That(() => writer.Vector16(new byte[65_536], "ticket"), Throws.ArgumentException);
        Assert.That(() => writer.U24(1 << 24, "length"), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => WriteLongList(writer), Throws.ArgumentException.With.Message.Contains("list"));
    }

    [Test]
    public void A_list_without_its_end_is_not_given_away()
    {
        var writer = new WireWriter();
        _ = writer.List16("extensions");

        Assert.That(writer.ToArray, Throws.InvalidOperationException.With.Message.Contains("extensions"));
    }

    private static void WriteLongList(WireWriter writer)
    {
        using var list = writer.List8("list");
        for (var i = 0; i < 256; i++) writer.U8(0);
    }
}

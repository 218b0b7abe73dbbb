using System.Text;
using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Tests.Workers;

public sealed class EchoPayloadTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(16384)]
    [TestCase(40960)]
    public void Payload_has_its_length_and_only_letters_digits_and_one_final_line_feed(int length)
    {
        var payload = EchoPayload.Create(length);
        Assert.That(payload, Has.Length.EqualTo(length));
        Assert.That(
            payload[..^1].All(static octet =>
                octet is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9')),
            Is.True);
        Assert.That(payload[^1], Is.EqualTo((byte)'\n'));
    }

    [Test]
    public void Payload_is_a_function_of_its_length_alone()
    {
        var first = EchoPayload.Create(64);
        Assert.That(EchoPayload.Create(64), Is.EqualTo(first));
        Assert.That(EchoPayload.Create(65)[..63], Is.Not.EqualTo(EchoPayload.Create(64)[..63]));
    }

    [Test]
    public void Payload_is_the_same_on_every_machine_and_in_every_version()
    {
        Assert.That(Encoding.ASCII.GetString(EchoPayload.Create(17)), Is.EqualTo("00w72af05utwmgda\n"));
    }

    [Test]
    public void Payload_of_40_KiB_has_every_symbol_about_equally_often()
    {
        var counts = EchoPayload.Create(40960)[..^1].CountBy(static octet => octet)
            .Select(static pair => pair.Value).ToArray();
        Assert.That(counts, Has.Length.EqualTo(36));
        Assert.That(counts, Is.All.InRange(40960 / 36 * 8 / 10, 40960 / 36 * 12 / 10));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(EchoPayload.MaximumLength + 1)]
    public void Lengths_out_of_range_are_refused(int length) =>
        Assert.That(() => EchoPayload.Create(length), Throws.TypeOf<ArgumentOutOfRangeException>());
}

using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Tests.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.RoundTrip;

/// <summary>
/// What was read from real octets, written again, gives the same octets: nothing was lost and nothing made up.
/// </summary>
public sealed class SampleRoundTripTests
{
    [Test]
    public void Samples_hold_every_message_that_can_be_read() =>
        Assert.That(SampleMessages.All.Select(sample => sample.Message.Type),
            Is.SupersetOf(HandshakeReaders.Types), "A new message needs a row in MessageSamples.");

    [Test]
    public void Samples_hold_every_extension_that_can_be_read() =>
        Assert.That(ExtensionSamples.All.Select(sample => sample.Type),
            Is.SupersetOf(ExtensionReaders.Types), "A new extension needs a row in ExtensionSamples.");

    [Test]
    public void Samples_are_read_without_a_fault() =>
        Assert.That(SampleMessages.All.SelectMany(sample => Faults(sample.Message)), Is.Empty);

    [Test]
    public void Every_message_of_every_sample_is_written_as_it_was_read()
    {
        foreach (var (message, context) in SampleMessages.All)
        {
            var written = HandshakeMessage.Of(message.Type, message.Body, context);

            Assert.That(Hex(written.Bytes), Is.EqualTo(Hex(message.Bytes)), () => message.Type.ToString());
        }
    }

    [Test]
    public void Every_record_of_every_sample_is_written_as_it_was_read([Values] Direction direction)
    {
        foreach (var sample in SampleConnection.All)
        {
            var writer = new WireWriter();
            var decoded = sample.Decode();
            foreach (var item in decoded.Records.Where(item => item.Direction == direction))
                item.Record.Write(writer);
            var sent = sample.Steps.Where(step => step.Direction == direction).SelectMany(step => step.Bytes).ToArray();

            var hasText = decoded.Events.Any(item => item is ClearTextEvent && item.Direction == direction);
            Assert.That(
                Hex(sent), hasText ? Does.EndWith(Hex(writer.ToArray()))
                    : Is.EqualTo(Hex(writer.ToArray())), sample.Name);
        }
    }

    [Test]
    public void Every_alert_of_every_sample_is_written_as_it_was_read()
    {
        var alerts = SampleConnection.All.SelectMany(sample => sample.Decode().Events).OfType<AlertEvent>().ToList();
        Assert.That(alerts, Is.Not.Empty);

        foreach (var alert in alerts.Select(item => item.Alert))
        {
            var writer = new WireWriter();
            alert.Write(writer);
            var reader = new WireReader(writer.ToArray());

            Assert.That(Alert.Read(ref reader), Is.EqualTo(alert));
        }
    }

    [Test]
    public void An_extension_with_a_fault_is_repeated_as_it_was_sent()
    {
        // A cookie that is longer than its extension, and the same extension twice.
        byte[] list = [0, 18, 0, 44, 0, 2, 0, 9, 0, 28, 0, 2, 1, 2, 0, 28, 0, 2, 3, 4];
        var reader = new WireReader(list);

        var read = ExtensionList.Read(ref reader, ExtensionPlace.ClientHello);
        var writer = new WireWriter();
        read.Write(writer, ExtensionPlace.ClientHello);

        Assert.That(read.Select(extension => extension.Fault?.Kind),
            Is.EqualTo((WireFaultKind?[])[WireFaultKind.Truncated, null, WireFaultKind.Duplicate]));
        Assert.That(read[2].Fault!.Offset, Is.EqualTo(14), "where the second one begins");
        Assert.That(Hex(writer.ToArray()), Is.EqualTo(Hex(list)));
    }

    private static IEnumerable<string> Faults(HandshakeMessage message)
    {
        var extensions = message.Body is Certificate certificate
            ? certificate.Entries.SelectMany(entry => entry.Extensions)
            : message.Body.Extensions;
        return extensions.Select(extension => extension.Fault).Append(message.Fault)
            .OfType<WireFault>().Select(fault => $"{Hex(message.Bytes)}: {fault}");
    }

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(bytes.Span);
}

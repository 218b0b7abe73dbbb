using FsCheck;
using FsCheck.Fluent;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Tests.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.RoundTrip;

/// <summary>What holds for any message, not only for those that somebody captured.</summary>
public sealed class RoundTripProperties
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithReplay(8446, 5);

    [Test]
    public void A_message_that_was_written_is_read_as_the_same_value() =>
        Check(500, ArbitraryMessages.Any, message =>
        {
            var read = HandshakeMessage.Read(message.Written.Bytes, message.Context);

            return read.Fault is null && Structure.Of(read.Body) == Structure.Of(message.Body);
        });

    [Test]
    public void Every_prefix_of_any_message_is_reported_as_cut() =>
        Check(100, ArbitraryMessages.Any, message =>
        {
            var bytes = message.Written.Bytes;
            return Enumerable.Range(0, bytes.Length).All(length =>
                HandshakeMessage.Read(bytes[..length], message.Context).Fault?.Kind == WireFaultKind.Truncated);
        });

    [Test]
    public void Any_octets_are_read_without_an_exception_and_repeated_if_there_is_no_fault() =>
        Check(20_000, ArbitraryOctets(), item =>
        {
            var read = HandshakeMessage.Read(item.Bytes, item.Context);

            return read.Fault is not null
                || HandshakeMessage.Of(read.Type, read.Body, item.Context).Bytes.Span.SequenceEqual(item.Bytes);
        });

    [Test]
    public void Any_octets_of_an_extension_are_read_without_an_exception_and_repeated_if_there_is_no_fault() =>
        Check(20_000, ArbitraryData(), item =>
        {
            var reader = new WireReader(item.Data);
            var body = ExtensionReaders.Read(item.Type, ref reader, item.Place);
            if (reader.Fault is not null) return true;

            var writer = new WireWriter();
            body.Write(writer, item.Place);
            return writer.ToArray().AsSpan().SequenceEqual(item.Data);
        });

    [Test]
    public void A_list_that_ends_inside_an_element_holds_the_elements_before_it_and_no_more()
    {
        var whole = SampleMessages.All.First(sample => sample.Message.Body is ClientHello { CipherSuites.Count: > 3 });
        var suites = ((ClientHello)whole.Message.Body).CipherSuites;

        for (var length = 0; length < whole.Message.Bytes.Length; length++)
        {
            var cut = HandshakeMessage.Read(whole.Message.Bytes[..length], whole.Context, FaultOwner.CutCapture);

            if (cut.Body is ClientHello hello)
                Assert.That(hello.CipherSuites, Is.EqualTo(suites.Take(hello.CipherSuites.Count)), $"cut at {length}");
        }
    }

    // Octets that begin like a message: pure noise would not get past the first length.
    private static Gen<(byte[] Bytes, MessageContext Context)> ArbitraryOctets() =>
        from sample in Gen.Elements<SampleMessage>([.. SampleMessages.All])
        from kept in Gen.Choose(HandshakeMessage.HeaderLength, sample.Message.Bytes.Length)
        from noise in Arbitrary.Octets(max: 60)
        select (WithLength([.. sample.Message.Bytes.Span[..kept], .. noise.Span]), sample.Context);

    private static Gen<(ExtensionType Type, ExtensionPlace Place, byte[] Data)> ArbitraryData() =>
        from type in Gen.Elements<ExtensionType>([.. ExtensionReaders.Types])
        from place in Gen.Elements(Enum.GetValues<ExtensionPlace>())
        from length in Gen.Choose(0, 20)
        from data in Gen.Frequency((3, Gen.Choose(0, 3)), (1, Gen.Choose(0, 255))).ArrayOf(length)
        select (type, place, data.Select(value => (byte)value).ToArray());

    private static byte[] WithLength(byte[] bytes)
    {
        var length = bytes.Length - HandshakeMessage.HeaderLength;
        (bytes[1], bytes[2], bytes[3]) = ((byte)(length >> 16), (byte)(length >> 8), (byte)length);
        return bytes;
    }

    private static void Check<T>(int count, Gen<T> values, Func<T, bool> holds) =>
        Prop.ForAll(values.ToArbitrary(), holds).Check(Config.WithMaxTest(count));
}

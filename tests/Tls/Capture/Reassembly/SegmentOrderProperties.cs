using FsCheck;
using FsCheck.Fluent;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Tests.Capture.Packets;

namespace TlsInterop.Tls.Tests.Capture.Reassembly;

[TestFixture]
public sealed class SegmentOrderProperties
{
    private const string Stream = "The quick brown fox jumps over the lazy dog, and nobody sees it but the capture.";

    /// <summary>Ranges of the stream that overlap and repeat as they like, and together cover all of it.</summary>
    private static readonly Gen<(int Offset, int Length)[]> Segments =
        from cuts in Gen.ArrayOf(Gen.Choose(1, Stream.Length - 1))
        from extra in Gen.ArrayOf(
            from offset in Gen.Choose(0, Stream.Length - 1)
            from length in Gen.Choose(1, Stream.Length - offset)
            select (offset, length))
        let ends = cuts.Append(0).Append(Stream.Length).Distinct().Order().ToArray()
        from shuffled in Gen.Shuffle(ends.Zip(ends.Skip(1), (start, end) => (start, end - start)).Concat(extra))
        select shuffled.ToArray();

    [Test]
    public void Any_order_duplication_and_overlap_of_segments_gives_the_same_stream()
    {
        var property = Prop.ForAll(Segments.ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (segments, isn) =>
        {
            var tcp = new TestConversation(clientIsn: unchecked((uint)isn * 3));
            var run = new ReassemblyRun().Pass(tcp.Syn(), tcp.SynAck());
            foreach (var (offset, length) in segments) run.Pass(tcp.Client(offset, Stream.Substring(offset, length)));
            run.Pass(tcp.Fin(Direction.ClientToServer, Stream.Length)).Flush();

            return run.Only.ClientStream == Stream
                && run.Only.Events[^1] == "C.Fin"
                && run.Anomalies.Count == 0
                && run.Reassembler.Counters is { Missing: 0, Held: 0 };
        });

        property.Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(1, 3));
    }
}

using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Decoding;

/// <summary>Octets that a capture lacks: what is behind them is read all the same, and nobody is blamed.</summary>
internal sealed class GapTests
{
    private static IEnumerable<string> Names => SampleConnection.All
        .Where(sample => !sample.Name.Contains("renegotiation"))
        .Select(sample => sample.Name);

    [TestCaseSource(nameof(Names))]
    public void Without_any_one_protected_record_all_others_open(string name)
    {
        var sample = SampleConnection.Get(name);
        var whole = sample.Decode();
        var records = whole.Records;
        var errors = Errors(whole, sample);

        for (var lost = 0; lost < records.Count; lost++)
        {
            if (records[lost].Opened is not { IsOk: true }) continue;
            var connection = Replay(records, sample, lost, (decoder, record, bytes, at) =>
                decoder.Gap(record.Direction, bytes.Length, at));

            var closed = records[lost].Opened!.Value.HasChainedIv ? 1 : 0;
            var more = records.Count(record => record.Opened is { IsOk: true }) - connection.Records.Count(IsOpened);
            Assert.That(more, Is.InRange(1, 1 + closed), $"without record {lost}");
            Assert.That(Errors(connection, sample), Is.SubsetOf(errors), $"without record {lost}");
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Without_a_ChangeCipherSpec_all_records_open(string name)
    {
        var sample = SampleConnection.Get(name);
        var records = sample.Decode().Records;
        var opened = records.Count(IsOpened);

        for (var lost = 0; lost < records.Count; lost++)
        {
            if (records[lost].Record.Type != ContentType.ChangeCipherSpec) continue;
            var connection = Replay(records, sample, lost, (decoder, record, bytes, at) =>
                decoder.Gap(record.Direction, bytes.Length, at));

            Assert.That(connection.Records.Count(IsOpened), Is.EqualTo(opened), $"without record {lost}");
        }
    }

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.All))]
    public void Whichever_record_is_missing_nobody_is_blamed_for_more(SampleConnection sample)
    {
        var whole = sample.Decode();
        var blamed = Blamed(whole, sample);

        for (var lost = 0; lost < whole.Records.Count; lost++)
        {
            var connection = Replay(whole.Records, sample, lost, (decoder, record, bytes, at) =>
                decoder.Gap(record.Direction, bytes.Length, at));

            Assert.That(Blamed(connection, sample), Is.SubsetOf(blamed), $"without record {lost}");
        }
    }

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.All))]
    public void A_gap_that_shows_late_blames_nobody_for_more(SampleConnection sample)
    {
        var whole = sample.Decode();
        var blamed = Blamed(whole, sample);

        for (var lost = 0; lost < whole.Records.Count; lost++)
        {
            foreach (var patience in (int[])[2, 5, int.MaxValue])
            {
                var connection = LateGap(whole.Records, sample, lost, patience);
                Assert.That(Blamed(connection, sample), Is.SubsetOf(blamed), $"without record {lost}, {patience}");
            }
        }
    }

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.All))]
    public void A_capture_that_begins_late_blames_nobody_for_more(SampleConnection sample)
    {
        var whole = sample.Decode();
        var blamed = Blamed(whole, sample);

        for (var first = 1; first < whole.Records.Count; first++)
        {
            // A second ClientHello looks like a first one: only the TCP layer knows that something was before it.
            var decoder = new ConnectionDecoder { OpeningSeen = false };
            foreach (var (index, record) in whole.Records.Index().Skip(first))
                decoder.Data(record.Direction, Written(record), new FrameStamp(index + 1, index * 1000));

            Assert.That(Blamed(decoder.Decode(sample.KeyLog), sample), Is.SubsetOf(blamed), $"from record {first} on");
        }
    }

    [TestCase("tls12-ecdhe-rsa-aes128-gcm")]
    [TestCase("tls13-x25519-aes256-gcm")]
    public void A_gap_inside_of_a_record_hides_no_other_record(string name)
    {
        var sample = SampleConnection.Get(name);
        var records = sample.Decode().Records;
        var lost = records.Index().First(item => item.Item.Opened is { IsOk: true }).Index;

        var connection = Replay(records, sample, lost, (decoder, record, bytes, at) =>
        {
            decoder.Data(record.Direction, bytes.AsSpan(0, 12), at);
            decoder.Gap(record.Direction, 5, at);
            decoder.Data(record.Direction, bytes.AsSpan(17), at);
        });

        Assert.That(connection.Records.Count(IsOpened), Is.EqualTo(records.Count(IsOpened) - 1));
        Assert.That(connection.Faults.Select(item => item.Fault.Owner), Has.All.EqualTo(FaultOwner.CutCapture));
    }

    [Test]
    public void Where_keys_do_not_fit_a_gap_does_not_make_the_search_go_on_without_end()
    {
        var sample = SampleConnection.Get("tls12-ecdhe-rsa-aes128-gcm");
        var decoder = new ConnectionDecoder();
        foreach (var step in sample.Steps.Where(step => step.End is null))
            decoder.Data(step.Direction, step.Bytes, default);
        for (var i = 0; i < 200; i++)
        {
            decoder.Gap(Direction.ServerToClient, 1 << 20, default);
            decoder.Data(Direction.ServerToClient, [23, 3, 3, 0x40, 0, .. new byte[1 << 14]], default);
        }

        var connection = decoder.Decode(sample.KeyLog);

        Assert.That(connection.FromServer.FailedRecords, Is.EqualTo(200));
        Assert.That(connection.Faults.Count(item => item.Fault.Kind == WireFaultKind.Undecipherable), Is.EqualTo(1));
    }

    // Segments behind the gap wait with their own stamps; what the other end says meanwhile is read at once.
    private static DecodedConnection LateGap(
        IReadOnlyList<DecodedRecord> records, SampleConnection sample, int lost, int patience)
    {
        var decoder = new ConnectionDecoder();
        var from = records[lost].Direction;
        var waiting = new List<(byte[] Bytes, FrameStamp At)>();
        var isOpen = false;
        foreach (var (index, record) in records.Index().Append((Index: records.Count, Item: records[lost])))
        {
            var at = new FrameStamp(index + 1, index * 1000);
            if (index == records.Count || !isOpen && index > lost && index - lost >= patience)
            {
                if (!isOpen) decoder.Gap(from, Written(records[lost]).Length, at);
                foreach (var (bytes, seen) in waiting) decoder.Data(from, bytes, seen);
                waiting.Clear();
                isOpen = true;
            }
            if (index == lost || index == records.Count) continue;
            if (index > lost && !isOpen && record.Direction == from) waiting.Add((Written(record), at));
            else decoder.Data(record.Direction, Written(record), at);
        }
        return decoder.Decode(sample.KeyLog);
    }

    private static string[] Errors(DecodedConnection connection, SampleConnection sample) =>
    [
        .. ConnectionVerifier.Verify(connection, sample.KeyLog)
            .Where(finding => finding.Severity == Severity.Error).Select(finding => finding.RuleId),
    ];

    private static string[] Blamed(DecodedConnection connection, SampleConnection sample) =>
    [
        .. ConnectionVerifier.Verify(connection, sample.KeyLog)
            .Where(finding => finding.Severity != Severity.Note).Select(finding => finding.RuleId),
    ];

    private static byte[] Written(DecodedRecord record)
    {
        var writer = new WireWriter();
        record.Record.Write(writer);
        return writer.ToArray();
    }

    private static bool IsOpened(DecodedRecord record) => record.Opened is { IsOk: true };

    private static DecodedConnection Replay(
        IReadOnlyList<DecodedRecord> records, SampleConnection sample, int special,
        Action<ConnectionDecoder, DecodedRecord, byte[], FrameStamp> replayed)
    {
        var decoder = new ConnectionDecoder();
        foreach (var (index, record) in records.Index())
        {
            var at = new FrameStamp(index + 1, index * 1000);
            var bytes = Written(record);
            if (index == special) replayed(decoder, record, bytes, at);
            else decoder.Data(record.Direction, bytes, at);
        }
        return decoder.Decode(sample.KeyLog);
    }
}

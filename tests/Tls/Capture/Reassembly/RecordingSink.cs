using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Tls.Tests.Capture.Reassembly;

/// <summary>
/// Writes down what a connection pushes: <c>C:text</c>, <c>S[-3]</c> for a gap, <c>C.Fin</c>; and each stream as a
/// whole.
/// </summary>
internal sealed class RecordingSink(TcpConnectionInfo info) : IConnectionSink
{
    private readonly StringBuilder _client = new();
    private readonly StringBuilder _server = new();

    public TcpConnectionInfo Info { get; } = info;

    public List<string> Events { get; } = [];

    /// <summary>Numbers of the frames that each event named.</summary>
    public List<long> Frames { get; } = [];

    /// <summary>What segments did wrong: <c>C ConflictingOverlap 4</c>.</summary>
    public List<string> Anomalies { get; } = [];

    /// <summary>How often the sink was told that nothing comes any more.</summary>
    public int Closed { get; private set; }

    public string ClientStream => _client.ToString();

    public string ServerStream => _server.ToString();

    public void Data(Direction direction, ReadOnlySpan<byte> bytes, FrameStamp at)
    {
        var text = Encoding.Latin1.GetString(bytes);
        (direction == Direction.ClientToServer ? _client : _server).Append(text);
        Add($"{Letter(direction)}:{text}", at);
    }

    public void Gap(Direction direction, long length, FrameStamp at) => Add($"{Letter(direction)}[-{length}]", at);

    public void End(Direction direction, ConnectionEnd end, FrameStamp at) => Add($"{Letter(direction)}.{end}", at);

    public void Anomaly(Direction direction, SegmentAnomaly anomaly, FrameStamp at) =>
        Anomalies.Add($"{Letter(direction)} {anomaly} {at.Number}");

    public void Close() => Closed++;

    private static char Letter(Direction direction) => direction == Direction.ClientToServer ? 'C' : 'S';

    private void Add(string text, FrameStamp at)
    {
        Events.Add(text);
        Frames.Add(at.Number);
    }
}

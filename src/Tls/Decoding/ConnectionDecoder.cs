using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>
/// Keeps the bytes of one connection and decodes them when asked: a key log is often complete only after the
/// connection.
/// </summary>
/// <param name="limit">
/// The most octets to keep, both directions together. What comes after is a fault, not memory.
/// </param>
public sealed class ConnectionDecoder(int limit = ConnectionDecoder.DefaultLimit) : IConnectionSink
{
    /// <summary>16 MiB.</summary>
    public const int DefaultLimit = 16 << 20;

    /// <summary>A segment costs more than its octets: hostile ones of one octet must not be free.</summary>
    internal const int MostSegments = 1 << 18;

    private readonly List<Step> _steps = [];
    private int _kept;
    private bool _isFull;

    public void Data(Direction direction, ReadOnlySpan<byte> bytes, FrameStamp at)
    {
        if (!HasRoom(bytes.Length, direction, at)) return;

        _kept += bytes.Length;
        _steps.Add(new(StepKind.Data, direction, bytes.ToArray(), 0, at));
    }

    public void Gap(Direction direction, long length, FrameStamp at)
    {
        if (HasRoom(0, direction, at)) _steps.Add(new(StepKind.Gap, direction, [], length, at));
    }

    public void End(Direction direction, ConnectionEnd end, FrameStamp at) =>
        _steps.Add(new(end == ConnectionEnd.Fin ? StepKind.Fin : StepKind.Reset, direction, [], 0, at));

    private bool HasRoom(int octets, Direction direction, FrameStamp at)
    {
        if (_isFull) return false;

        _isFull = octets > limit - _kept || _steps.Count >= MostSegments;
        if (_isFull) _steps.Add(new(StepKind.LimitReached, direction, [], 0, at));
        return !_isFull;
    }

    /// <summary>Decodes all that came so far. It may be called again, with more secrets or more bytes.</summary>
    /// <param name="keyLog">Secrets to decrypt with; without them protected records stay closed.</param>
    public DecodedConnection Decode(KeyLog? keyLog = null)
    {
        var engine = new DecodingEngine(keyLog);
        foreach (var step in _steps)
        {
            switch (step.Kind)
            {
                case StepKind.Data: engine.Data(step.Direction, step.Bytes, step.At); break;
                case StepKind.Gap: engine.Gap(step.Direction, step.Length, step.At); break;
                case StepKind.Fin: engine.End(step.Direction, ConnectionEnd.Fin, step.At); break;
                case StepKind.Reset: engine.End(step.Direction, ConnectionEnd.Reset, step.At); break;
                default:
                    engine.Fault(step.Direction, LimitReached(), step.At);
                    break;
            }
        }
        return engine.Complete();
    }

    private WireFault LimitReached() => new(
        WireFaultKind.LimitExceeded, "connection", _kept, FaultOwner.Decoder,
        $"Expected at most {limit} octets in {MostSegments} segments. Got: more; the rest is not decoded");

    private enum StepKind : byte { Data, Gap, Fin, Reset, LimitReached }

    private readonly record struct Step(StepKind Kind, Direction Direction, byte[] Bytes, long Length, FrameStamp At);
}

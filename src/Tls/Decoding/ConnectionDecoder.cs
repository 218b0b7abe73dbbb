using System.Runtime.CompilerServices;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>
/// Keeps the bytes of one connection and decodes them when asked: a key log is often complete only after the
/// connection. A connection that grows large is decoded as it comes (<see cref="GoLive(SessionSecrets)"/>).
/// </summary>
/// <param name="limits">How much to keep; null for <see cref="DecodingLimits.Default"/>.</param>
public sealed class ConnectionDecoder(DecodingLimits? limits = null) : IConnectionSink
{
    private const int LeastChunk = 1 << 10;
    private const int MostChunk = 1 << 16;

    /// <summary>Segments of a usual handshake.</summary>
    private const int UsualSteps = 16;

    /// <summary>Octets being decoded, a handshake, and the beginning of the application data.</summary>
    private const int HeldLive = 4 * MostChunk;

    /// <summary>More anomalies than these say no more.</summary>
    private const int MostAnomalies = 100;

    private readonly DecodingLimits _limits = limits ?? DecodingLimits.Default;
    private readonly List<Step> _steps = new(UsualSteps);
    private byte[] _chunk = [];
    private int _used;
    private int _kept;
    private int _capacity;
    private int _anomalies;
    private bool _isFull;
    private DecodingEngine? _live;

    /// <summary>Octets that wait for their decoding.</summary>
    public int Waiting => _live is null ? _kept : 0;

    /// <summary>About how many octets of memory it holds.</summary>
    public int Held => _live is null ? _capacity + _steps.Capacity * Unsafe.SizeOf<Step>() : HeldLive;

    /// <summary>False if the capture has no SYN of it.</summary>
    public bool OpeningSeen { get; init; } = true;

    /// <summary>True if both directions have ended: nothing more comes that TLS would see.</summary>
    public bool HasEnded { get; private set; }

    private bool _clientEnded;
    private bool _serverEnded;

    public void Data(Direction direction, ReadOnlySpan<byte> bytes, FrameStamp at)
    {
        if (_live is not null)
        {
            _live.Data(direction, Keep(bytes), at);
            return;
        }
        if (!HasRoom(bytes.Length, direction, at)) return;

        _steps.Add(new(StepKind.Data, direction, 0, at, Keep(bytes)));
    }

    public void Gap(Direction direction, long length, FrameStamp at)
    {
        if (HasRoom(0, direction, at)) Take(new(StepKind.Gap, direction, length, at));
    }

    public void End(Direction direction, ConnectionEnd end, FrameStamp at)
    {
        if (direction == Direction.ClientToServer) _clientEnded = true;
        else _serverEnded = true;
        HasEnded = _clientEnded && _serverEnded;
        Take(new(end == ConnectionEnd.Fin ? StepKind.Fin : StepKind.Reset, direction, 0, at));
    }

    /// <summary>
    /// From now on octets are decoded as they come and are not kept: for a connection that may be of any size. The
    /// secrets have to be there already.
    /// </summary>
    /// <param name="keyLog">Secrets to decrypt with.</param>
    public void GoLive(KeyLog? keyLog) => GoLive(Alone(keyLog));

    /// <summary>The same for one of many connections; see <see cref="Decode(SessionSecrets)"/>.</summary>
    /// <param name="secrets">Secrets to decrypt with; null for none.</param>
    public void GoLive(SessionSecrets? secrets)
    {
        if (_live is not null) return;
        _live = Replay(secrets);
        _steps.Clear();
        _steps.TrimExcess();
    }

    /// <summary>
    /// Decodes all that came so far. It may be called again, with more secrets or more bytes, unless the connection is
    /// live.
    /// </summary>
    /// <param name="keyLog">Secrets to decrypt with; without them protected records stay closed.</param>
    public DecodedConnection Decode(KeyLog? keyLog = null) => (_live ?? Replay(Alone(keyLog))).Complete();

    /// <summary>
    /// The same for one of many connections: a session that it resumes is known from those that were decoded before.
    /// </summary>
    /// <param name="secrets">Secrets to decrypt with; those of this connection's sessions are remembered there.</param>
    public DecodedConnection Decode(SessionSecrets secrets) =>
        (_live ?? Replay(secrets.IsEmpty ? null : secrets)).Complete();

    private static SessionSecrets? Alone(KeyLog? keyLog) => keyLog is null ? null : new SessionSecrets(keyLog);

    private DecodingEngine Replay(SessionSecrets? secrets)
    {
        var engine = new DecodingEngine(secrets, _limits, OpeningSeen);
        foreach (var step in _steps) Play(engine, step);
        return engine;
    }

    private void Play(DecodingEngine engine, Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Data: engine.Data(step.Direction, step.Bytes, step.At); break;
            case StepKind.Gap: engine.Gap(step.Direction, step.Length, step.At); break;
            case StepKind.Fin: engine.End(step.Direction, ConnectionEnd.Fin, step.At); break;
            case StepKind.Reset: engine.End(step.Direction, ConnectionEnd.Reset, step.At); break;
            case StepKind.Anomaly: engine.Anomaly(step.Direction, (SegmentAnomaly)step.Length, step.At); break;
            default: engine.Fault(step.Direction, LimitReached(), step.At); break;
        }
    }

    private void Take(Step step)
    {
        if (_live is not null) Play(_live, step);
        else _steps.Add(step);
    }

    public void Anomaly(Direction direction, SegmentAnomaly anomaly, FrameStamp at)
    {
        if (_anomalies++ < MostAnomalies) Take(new(StepKind.Anomaly, direction, (long)anomaly, at));
    }

    private bool HasRoom(int octets, Direction direction, FrameStamp at)
    {
        if (_live is not null) return true;
        if (_isFull) return false;

        _isFull = octets > _limits.Octets - _kept || _steps.Count >= _limits.Segments;
        if (_isFull) _steps.Add(new(StepKind.LimitReached, direction, 0, at));
        return !_isFull;
    }

    // What was decoded are slices: octets that are there are never written again, only more behind them.
    private ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _chunk.Length - _used)
        {
            var size = _live is null ? Math.Clamp(_kept, LeastChunk, MostChunk) : MostChunk;
            (_chunk, _used) = (GC.AllocateUninitializedArray<byte>(Math.Max(size, bytes.Length)), 0);
            _capacity += _chunk.Length;
        }
        var place = _chunk.AsMemory(_used, bytes.Length);
        bytes.CopyTo(place.Span);
        _used += bytes.Length;
        if (_live is null) _kept += bytes.Length;
        return place;
    }

    private WireFault LimitReached() => new(
        WireFaultKind.LimitExceeded, "connection", _kept, FaultOwner.Decoder,
        $"Expected at most {_limits.Octets} octets in {_limits.Segments} segments. Got: more; the rest is not decoded");

    private enum StepKind : byte { Data, Gap, Fin, Reset, Anomaly, LimitReached }

    private readonly record struct Step(
        StepKind Kind, Direction Direction, long Length, FrameStamp At, ReadOnlyMemory<byte> Bytes = default);
}

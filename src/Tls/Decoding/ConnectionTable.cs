using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Tls.Decoding;

/// <summary>The open connections of a capture that is being read: when one is over, it is given out.</summary>
internal sealed class ConnectionTable : ICaptureFileSink
{
    private readonly CaptureDecoderOptions _options;
    private readonly TcpReassembler _reassembler;
    private readonly Action<EndedConnection> _over;
    private readonly Action? _beforeSecrets;
    private long _held;

    /// <summary>A table without connections.</summary>
    /// <param name="options">What is wanted, and how much memory there is.</param>
    /// <param name="over">Told of each connection that is over.</param>
    /// <param name="beforeSecrets">Told before secrets are added: what was over is decoded without them. Null if all of
    /// the file are known already.</param>
    public ConnectionTable(CaptureDecoderOptions options, Action<EndedConnection> over, Action? beforeSecrets)
    {
        (_options, _over, _beforeSecrets) = (options, over, beforeSecrets);
        _reassembler = new(Begin, options.Reassembly);
    }

    public DecodingLimits Limits => _options.Limits;

    public ReassemblyCounters Counters => _reassembler.Counters;

    public void Frame(in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        _reassembler.Frame(header, frame);
        while (_held > _options.HeldInTotal && _reassembler.GiveUpOldest())
        {
            // The next one may be larger.
        }
    }

    public void Secrets(uint type, ReadOnlySpan<byte> secrets)
    {
        if (type != PcapngFormat.TlsKeyLog || _beforeSecrets is null) return;
        _beforeSecrets();
        _options.KeyLog.AddLines(Encoding.Latin1.GetString(secrets));
    }

    /// <summary>The capture is at its end, and with it every connection.</summary>
    public void Flush() => _reassembler.Flush();

    /// <summary>A connection holds more octets than before, or fewer.</summary>
    public void Grown(ConnectionDecoder decoder, int octets)
    {
        _held += octets;
        if (decoder.Waiting > _options.WaitingPerConnection) decoder.GoLive(_options.Secrets);
    }

    /// <summary>A connection is over, and holds nothing any more.</summary>
    public void Over(EndedConnection connection, int held)
    {
        _held -= held;
        _over(connection);
    }

    private IConnectionSink Begin(TcpConnectionInfo info) =>
        _options.Selects?.Invoke(info) == false ? IgnoredConnection.Instance : new OpenConnection(info, this);

    private sealed class IgnoredConnection : IConnectionSink
    {
        public static readonly IgnoredConnection Instance = new();

        public void Data(Direction direction, ReadOnlySpan<byte> bytes, FrameStamp at) { }

        public void Gap(Direction direction, long length, FrameStamp at) { }

        public void End(Direction direction, ConnectionEnd end, FrameStamp at) { }
    }
}

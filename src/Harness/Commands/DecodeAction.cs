using System.Buffers;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Commands;

/// <summary>Decodes a capture from its file to what is shown.</summary>
internal static class DecodeAction
{
    /// <summary>Octets of text that may wait for a connection that began before.</summary>
    private const long MostWaiting = 8 << 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>Shows the connections, then on the error stream what was in the way.</summary>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    /// <exception cref="UsageException">Nothing could be read.</exception>
    public static int Run(DecodeArguments arguments, TextWriter output, TextWriter error)
    {
        var way = Way(arguments, Options(arguments, output));
        var keys = KeyLogInput.Read(arguments.Keys);
        var secrets = new SessionSecrets(keys.KeyLog, RsaKeyInput.Read(arguments.RsaKeys));
        using var stream = CaptureInput.Open(arguments);
        using var shown = StandardOutput.Of(output);
        return Run(arguments, way, secrets, new DecodeRemarks(arguments, keys, secrets), stream, shown, error);
    }

    private static int Run(
        DecodeArguments arguments,
        ConnectionOutput way,
        SessionSecrets secrets,
        DecodeRemarks remarks,
        Stream stream,
        StandardOutput shown,
        TextWriter error)
    {
        var count = 0;
        void Write(byte[] bytes)
        {
            shown.Write(count++ == 0 ? way.Begin : way.Between);
            shown.Write(bytes);
        }
        var order = new StartOrder(Write, MostWaiting);
        var isWanted = Selection(arguments);
        var decoder = new CaptureDecoder(new()
        {
            Secrets = secrets,
            Selects = stream.CanSeek ? Begins : isWanted,
            Limits = Limits(arguments),
        });
        bool Begins(TcpConnectionInfo info)
        {
            if (isWanted?.Invoke(info) == false) return false;
            order.Begin(info.Number);
            return true;
        }
        var decoding = decoder.Read(stream, connection =>
            (connection.Info.Number, Show(connection, way, remarks)), result =>
        {
            var (number, bytes) = result;
            if (stream.CanSeek)
            {
                order.End(number, bytes);
                return;
            }
            // Who follows a capture that is running wants to see what is there.
            Write(bytes);
            shown.Flush();
        });
        if (decoding.File.Frames == 0 && decoding.File.Faults.Count > 0)
            throw CaptureInput.Unreadable(arguments, stream, decoding.File);

        if (count == 0) shown.Write(way.Begin);
        shown.Write(way.End);
        shown.Flush();
        foreach (var remark in remarks.Of(decoding)) error.WriteLine(remark);
        return decoding.Connections > 0 ? ExitStatus.Green : ExitStatus.Unusable;
    }

    internal static DecodingLimits Limits(DecodeArguments arguments) => arguments switch
    {
        { IsSummary: true, Verifies: false } => DecodingLimits.Summary,
        { Format: DecodeFormat.Snapshot } => DecodingLimits.Default,
        _ => DecodingLimits.Streaming,
    };

    private static byte[] Show(CapturedConnection connection, ConnectionOutput way, DecodeRemarks remarks)
    {
        remarks.Count(connection);
        var buffer = _buffer ??= new(1 << 14);
        buffer.ResetWrittenCount();
        way.Write(connection, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static ConnectionOutput Way(DecodeArguments arguments, LadderOptions options) =>
        (arguments.Format, arguments.IsSummary) switch
        {
            (DecodeFormat.Text, true) => ConnectionOutput.SummaryLine(arguments.Verifies),
            (DecodeFormat.Jsonl, true) => ConnectionOutput.SummaryJsonLine(arguments.Verifies),
            (DecodeFormat.Text, false) => ConnectionOutput.Ladder(options),
            (DecodeFormat.Snapshot, false) => ConnectionOutput.Snapshot,
            (DecodeFormat.Jsonl, false) => ConnectionOutput.JsonLine,
            (DecodeFormat.Json, false) => ConnectionOutput.JsonDocument,
            _ => throw new UsageException(
                "--summary: Expected: --format text or jsonl with it. "
                + $"Got: {arguments.Format.ToString().ToLowerInvariant()}"),
        };

    private static Func<TcpConnectionInfo, bool>? Selection(DecodeArguments arguments)
    {
        var (streams, ports) = (arguments.Streams.ToHashSet(), arguments.Ports.ToHashSet());
        if (streams.Count == 0 && ports.Count == 0) return null;
        return info => (streams.Count == 0 || streams.Contains(info.Number))
            && (ports.Count == 0 || ports.Contains(info.Client.Port) || ports.Contains(info.Server.Port));
    }

    private static LadderOptions Options(DecodeArguments arguments, TextWriter output)
    {
        var isTerminal = output is ConsoleText && !Console.IsOutputRedirected;
        // https://no-color.org; a dumb terminal would show the codes.
        var ink = new Ink(isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"));
        var width = LadderWidth.Of(
            isTerminal, Environment.GetEnvironmentVariable("COLUMNS"), isTerminal ? LadderWidth.Window() : 0);
        return new(ink, arguments.HasDetails, width);
    }
}

using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Diagnosis.Packets;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Commands;

/// <summary>Explains the connections of a capture.</summary>
internal static class ExplainAction
{
    /// <summary>More are not held in memory at once; <c>--stream</c> asks for one of them.</summary>
    private const int MostConnections = 2000;

    /// <summary>Failed connections that a screen shows in full.</summary>
    private const int MostShown = 20;

    /// <summary>Shows the diagnoses, then on the error stream what was in the way.</summary>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    /// <exception cref="UsageException">Nothing could be read.</exception>
    public static int Run(ExplainArguments arguments, TextWriter output, TextWriter error)
    {
        var capture = arguments.Capture;
        var keys = KeyLogInput.Read(capture.Keys);
        var secrets = new SessionSecrets(keys.KeyLog);
        var remarks = new DecodeRemarks(capture, keys, secrets);
        var context = new DiagnosisContext
        {
            ServerLog = LogInput.Read("--server-log", "the server's log", arguments.ServerLog),
            ClientLog = LogInput.Read("--client-log", "the client's log", arguments.ClientLog),
        };
        using var stream = CaptureInput.Open(capture);
        var packets = new PacketTraitsSink();
        if (stream.CanSeek)
        {
            CaptureFile.Read(stream, packets);
            stream.Position = 0;
        }
        var connections = new List<CapturedConnection>();
        var decoding = Decode(capture, secrets, stream, remarks, connections);
        if (decoding.File.Frames == 0 && decoding.File.Faults.Count > 0)
            throw CaptureInput.Unreadable(capture, stream, decoding.File);

        var explained = Explain(
            connections, context with { CutAt = Cut(decoding.File, connections) }, stream.CanSeek ? packets : null);
        if (arguments.IsJson)
            output.WriteLine(DiagnosisDocument.Text(
                [.. explained.Select(row => DiagnosisDocument.Of(row.Connection.Info, row.Result))]));
        else Show(explained, output);
        foreach (var remark in remarks.Of(decoding)) error.WriteLine(remark);
        foreach (var remark in LogRemarks.Of(arguments, context)) error.WriteLine(remark);
        if (decoding.Connections > connections.Count)
            error.WriteLine($"{capture.FileName}: the first {connections.Count} of {decoding.Connections} connections "
                + "are explained\n  remedy: --stream N explains another one");
        return connections.Count > 0 ? ExitStatus.Green : ExitStatus.Unusable;
    }

    private static CaptureDecoding Decode(
        DecodeArguments capture,
        SessionSecrets secrets,
        Stream stream,
        DecodeRemarks remarks,
        List<CapturedConnection> connections)
    {
        var wanted = capture.Streams.ToHashSet();
        var decoder = new CaptureDecoder(new()
        {
            Secrets = secrets,
            Selects = wanted.Count == 0 ? null : info => wanted.Contains(info.Number),
        });
        return decoder.Read(
            stream,
            connection =>
            {
                remarks.Count(connection);
                return connection;
            },
            connection =>
            {
                if (connections.Count < MostConnections) connections.Add(connection);
            });
    }

    private static List<(CapturedConnection Connection, DiagnosisResult Result)> Explain(
        List<CapturedConnection> connections, DiagnosisContext context, PacketTraitsSink? packets)
    {
        connections.Sort((left, right) => left.Info.Number.CompareTo(right.Info.Number));
        var byHosts = connections.ToLookup(item =>
            (item.Info.Client.Address, item.Info.Server.Address, item.Info.Server.Port));
        return connections.ConvertAll(item => (item, Diagnoser.Explain(item.Decoded, context with
        {
            Info = item.Info,
            KeyLog = item.KeyLog,
            Packets = packets?.Of(item.Info),
            Others =
            [
                .. byHosts[(item.Info.Client.Address, item.Info.Server.Address, item.Info.Server.Port)]
                    .Where(other => other != item).Select(other => other.Decoded),
            ],
        })));
    }

    // The last that was captured of any connection, if the file breaks off behind it.
    private static long? Cut(CaptureFileSummary file, List<CapturedConnection> connections) =>
        file.Faults.Any(fault => fault.Kind is CaptureFaultKind.Truncated or CaptureFaultKind.BadCompression)
            ? connections.SelectMany(item => item.Decoded.Events.TakeLast(1)).Select(item => item.At.UnixNanoseconds)
                .DefaultIfEmpty().Max()
            : null;

    private static void Show(
        List<(CapturedConnection Connection, DiagnosisResult Result)> explained, TextWriter output)
    {
        var isTerminal = output is ConsoleText && !Console.IsOutputRedirected;
        var ink = new Ink(isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"));
        var width = TextWidth.Of(
            Environment.GetEnvironmentVariable("COLUMNS"), isTerminal ? LadderWidth.Window() : 0);
        var shown = 0;
        foreach (var (connection, result) in explained)
        {
            var subject = explained.Count == 1 ? "1" : $"#{connection.Info.Number}";
            var isShort = explained.Count > 1 && (result.IsHealthy || shown++ >= MostShown);
            output.Write(isShort
                ? $"{subject} {SafeText.Of(result.Summary)} {Short(result)}\n"
                : DiagnosisText.Of(result, subject, width, ink) + (explained.Count > 1 ? "\n" : ""));
        }
    }

    private static string Short(DiagnosisResult result) =>
        result.IsHealthy ? DiagnosisText.Healthy(result)
        : result.Best is { } best ? $"{best.Id} ({best.Confidence} %)"
        : "I don't know why.";
}

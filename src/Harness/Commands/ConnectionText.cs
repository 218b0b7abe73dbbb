using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Snapshots;

namespace TlsInterop.Harness.Commands;

/// <summary>How <c>decode</c> shows a connection.</summary>
internal enum DecodeFormat { Text, Snapshot }

/// <summary>One connection of a capture as text.</summary>
internal sealed class ConnectionText
{
    private readonly CapturedConnection _captured;
    private readonly DecodedConnection _decoded;

    public ConnectionText(CapturedConnection captured, KeyLog keyLog)
    {
        _captured = captured;
        _decoded = captured.Decoder.Decode(keyLog);
    }

    /// <summary>Who, when, and what was agreed.</summary>
    public string Header
    {
        get
        {
            var (info, facts) = (_captured.Info, _decoded.Facts);
            string?[] parts =
            [
                $"#{info.Number} {info.Client} → {info.Server}",
                $"frame {info.FirstFrame.Number}",
                Time(info.FirstFrame),
                facts.ServerName is { } name ? $"server_name {name}" : null,
                SnapshotText.FactsLine(facts),
                facts.Version is null && facts.OfferedVersions.Count > 0
                    ? $"offered {string.Join(", ", facts.OfferedVersions)}"
                    : null,
                facts.FirstFatalAlert is { } alert ? $"{alert.Alert} from the {Sender(alert.Direction)}" : null,
                facts.IsComplete || facts.FirstFatalAlert is not null ? null : "handshake not complete",
            ];
            return string.Join(" · ", parts.OfType<string>());
        }
    }

    /// <summary>The messages in order.</summary>
    public string Body => SnapshotText.RenderBody(_decoded).TrimEnd('\n');

    /// <summary>What could not be read, with its place.</summary>
    public IEnumerable<string> Faults =>
        _decoded.Faults.Select(
            fault => $"fault: frame {fault.At.Number}, from the {Sender(fault.Direction)}: {fault.Fault}");

    private static string Sender(Direction direction) => direction == Direction.ClientToServer ? "client" : "server";

    private static string Time(FrameStamp at) =>
        DateTimeOffset.UnixEpoch.AddTicks(at.UnixNanoseconds / TimeSpan.NanosecondsPerTick)
            .ToString("yyyy-MM-dd HH:mm:ss.ffffff 'UTC'");
}

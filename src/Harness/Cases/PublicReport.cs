using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Packets;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Cases;

/// <summary>What a report gives away that is committed with its case.</summary>
public sealed class PublicReport : ICaptureFileSink
{
    private const int MostNamed = 4;

    private readonly SortedSet<PackedAddress> _addresses = [];
    private long _others;
    private bool _hasSecrets;

    private PublicReport() { }

    /// <summary>In a sentence.</summary>
    /// <param name="path">The report's file.</param>
    public static string Text(string path)
    {
        using var stream = File.OpenRead(path);
        var start = $"{Path.GetFileName(path)} goes with the case, for everybody to see: ";
        if (!CaptureFile.IsCapture(stream)) return start + "look for names, addresses and secrets in it";
        var seen = new PublicReport();
        CaptureFile.Read(stream, seen);
        return start + seen.Contents();
    }

    void ICaptureFileSink.Frame(in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        if (TcpSegment.Read(header, frame, out var segment) != FrameContent.Tcp)
        {
            _others++;
            return;
        }
        _addresses.Add(segment.Source.Address);
        _addresses.Add(segment.Destination.Address);
    }

    void ICaptureFileSink.Secrets(uint type, ReadOnlySpan<byte> secrets) => _hasSecrets = true;

    private string Contents()
    {
        var named = _addresses.Take(MostNamed).Select(address => $"{address.ToIPAddress()}");
        var more = _addresses.Count > MostNamed ? ", ..." : "";
        return $"{Plural.Of(_addresses.Count, "host")} ({string.Join(", ", named)}{more})"
            + (_others > 0 ? $", {Plural.Of(_others, "packet")} of other protocols than TCP" : "")
            + (_hasSecrets ? ", the secrets that open it" : "");
    }
}

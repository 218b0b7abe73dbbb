using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;

namespace TlsInterop.Tls.Tests.Capture.Files;

/// <summary>Keeps everything a capture file holds.</summary>
internal sealed class RecordingFileSink : ICaptureFileSink
{
    public List<CapturedFrame> Frames { get; } = [];

    public List<(uint Type, byte[] Bytes)> SecretBlocks { get; } = [];

    public List<string> Comments { get; } = [];

    public static (RecordingFileSink Sink, CaptureFileSummary Summary) Read(byte[] file)
    {
        var sink = new RecordingFileSink();
        return (sink, CaptureFile.Read(new MemoryStream(file), sink));
    }

    public void Frame(in FrameHeader header, ReadOnlySpan<byte> frame) => Frames.Add(new(header, frame.ToArray()));

    public void Secrets(uint type, ReadOnlySpan<byte> secrets) => SecretBlocks.Add((type, secrets.ToArray()));

    public void Comment(string text) => Comments.Add(text);
}

namespace TlsInterop.Tls.Capture.Files;

/// <summary>Takes what a capture file holds, in its order. Spans are valid during the call only.</summary>
public interface ICaptureFileSink
{
    void Frame(in FrameHeader header, ReadOnlySpan<byte> frame);

    /// <summary>Secrets that came with the frames.</summary>
    /// <param name="type">The type: <see cref="PcapngFormat.TlsKeyLog"/> for a TLS key log.</param>
    /// <param name="secrets">The secrets in the format of that type.</param>
    void Secrets(uint type, ReadOnlySpan<byte> secrets) { }

    /// <summary>A comment on the file, section or frame (pcapng, <c>opt_comment</c>).</summary>
    void Comment(string text) { }
}

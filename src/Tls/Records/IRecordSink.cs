using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Records;

/// <summary>Takes what a <see cref="RecordReader"/> finds, in stream order.</summary>
public interface IRecordSink
{
    /// <summary>A complete record.</summary>
    void Record(TlsRecord record);

    /// <summary>Something that is no complete record: its fault, and the octets of it that are there.</summary>
    void Fault(WireFault fault, ReadOnlyMemory<byte> bytes, FrameStamp at);
}

using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Channel;

/// <summary>A record of the peer without its protection.</summary>
/// <param name="Type">Content type; in TLS 1.3 the inner one.</param>
/// <param name="Content">The plain content.</param>
/// <param name="Opened">How the protection came off; null if there was none.</param>
internal readonly record struct ReceivedRecord(ContentType Type, ReadOnlyMemory<byte> Content, OpenedRecord? Opened);

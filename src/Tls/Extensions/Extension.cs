using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>One extension: its bytes as sent, and what they say.</summary>
/// <param name="Type">Extension type.</param>
/// <param name="Data">The extension_data as sent.</param>
/// <param name="Body">The content as far as it could be read.</param>
/// <param name="Fault">Why the rest of the content could not be read, or null. It concerns this extension only.</param>
public sealed record Extension(ExtensionType Type, ReadOnlyMemory<byte> Data, ExtensionBody Body, WireFault? Fault);

using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>An extension of a profile's ClientHello.</summary>
/// <param name="Type">Extension type.</param>
/// <param name="Words">
/// What it says, in the field's names: groups, schemes, versions, protocols; for an extension that has no words here,
/// its data in hexadecimal; nothing where the connection decides, as for server_name.
/// </param>
public sealed record ExtensionShape(ExtensionType Type, IReadOnlyList<string> Words);

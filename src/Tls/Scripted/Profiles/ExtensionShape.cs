using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>An extension of a profile's ClientHello.</summary>
/// <param name="Type">Extension type.</param>
/// <param name="Words">
/// What it says, in the field's names: groups, schemes, versions, protocols; for padding its number of octets; for an
/// extension that has no words here, its data in hexadecimal; nothing where the connection decides, as for server_name.
/// <c>hex:</c> and the data of any extension stand for exactly that; in key_share a group, <c>:</c> and hexadecimal for
/// a key that is always the same.
/// </param>
public sealed record ExtensionShape(ExtensionType Type, IReadOnlyList<string> Words)
{
    /// <summary>The shape of an extension of a ClientHello.</summary>
    /// <param name="type">Extension type.</param>
    /// <param name="data">The extension_data as sent.</param>
    /// <param name="serverName">The host name of the hello's server_name, or null.</param>
    public static ExtensionShape Of(ExtensionType type, ReadOnlyMemory<byte> data, string? serverName = null) =>
        ExtensionWords.Of(Extension.Read(type, data, ExtensionPlace.ClientHello, offset: 0), serverName);

    /// <summary>Why the words make no sense, or no extension has room for them; null if they can be sent.</summary>
    public string? Fault
    {
        get
        {
            try
            {
                _ = ExtensionMakers.Make(this, new HelloOccasion(ServerName: null, _ => []));
                return null;
            }
            // Of words that each are right there may be more than their list has room for.
            catch (Exception wrong) when (wrong is FormatException or OverflowException or ArgumentException)
            {
                return wrong.Message;
            }
        }
    }
}

using System.Text;

namespace TlsInterop.Harness.Reports.Bundle;

/// <summary>A file of a bundle.</summary>
/// <param name="Name">Its name in the archive.</param>
/// <param name="What">What it is, in a few words.</param>
/// <param name="Bytes">Its content.</param>
public sealed record BundleEntry(string Name, string What, ReadOnlyMemory<byte> Bytes)
{
    public static BundleEntry OfText(string name, string what, string text) =>
        new(name, what, Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// True if there is a private key in it, in the text form of RFC 7468 or as older programs write it; or the rest of
    /// one, of which the beginning was cut off.
    /// </summary>
    public bool HoldsPrivateKey => Bytes.Span.IndexOf("PRIVATE KEY-----"u8) >= 0;
}

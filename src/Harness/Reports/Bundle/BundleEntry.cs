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
    /// True if there is a private key in it, in the text form of RFC 7468 or as older programs write it.
    /// </summary>
    public bool HoldsPrivateKey
    {
        get
        {
            var bytes = Bytes.Span;
            for (var at = bytes.IndexOf("-----BEGIN "u8); at >= 0;)
            {
                var label = bytes[at..];
                label = label[..Math.Min(label.Length, 64)];
                if (label.IndexOf("PRIVATE KEY-----"u8) >= 0) return true;
                var next = bytes[(at + 1)..].IndexOf("-----BEGIN "u8);
                if (next < 0) return false;
                at += 1 + next;
            }
            return false;
        }
    }
}

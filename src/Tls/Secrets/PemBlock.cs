namespace TlsInterop.Tls.Secrets;

/// <summary>A part of a PEM file.</summary>
/// <param name="Line">The line that it begins at, from 1.</param>
/// <param name="Label">What stands behind <c>BEGIN</c>; empty if the file holds no such line.</param>
/// <param name="Content">The octets, or null if they can't be read.</param>
/// <param name="IsEncrypted">True if headers say that the octets are encrypted (RFC 1421, Section 4.6.1.1).</param>
/// <remarks>RFC 7468.</remarks>
internal sealed record PemBlock(int Line, string Label, byte[]? Content, bool IsEncrypted)
{
    private const string Begin = "-----BEGIN ";
    private const string Dashes = "-----";

    /// <summary>Every part of a file. One without any is a part without a label.</summary>
    public static List<PemBlock> Read(ReadOnlySpan<char> text)
    {
        var blocks = new List<PemBlock>();
        var number = 1;
        while (text.IndexOf(Begin) is var at and >= 0)
        {
            number += text[..at].Count('\n');
            var rest = text[(at + Begin.Length)..];
            var labelEnd = rest.IndexOf(Dashes);
            var label = labelEnd < 0 ? "" : rest[..labelEnd].ToString();
            var end = rest.IndexOf($"-----END {label}-----");
            var body = labelEnd < 0 || end < labelEnd + Dashes.Length ? default : rest[(labelEnd + Dashes.Length)..end];
            blocks.Add(new PemBlock(number, label, Decode(body), body.IndexOf("Proc-Type: 4,ENCRYPTED") >= 0));

            var used = at + Begin.Length + Math.Max(end, 0);
            number += text[at..used].Count('\n');
            text = text[used..];
        }
        return blocks.Count > 0 ? blocks : [new PemBlock(1, "", null, false)];
    }

    private static byte[]? Decode(ReadOnlySpan<char> body)
    {
        var octets = new byte[body.Length];
        return !body.IsEmpty && Convert.TryFromBase64Chars(body, octets, out var length) && length > 0
            ? octets[..length]
            : null;
    }
}

namespace TlsInterop.Tls.Tests.Secrets;

internal static class Hex
{
    /// <summary>Bytes of hexadecimal text that may have blanks and line ends, as RFCs print it.</summary>
    public static byte[] Of(string text) =>
        Convert.FromHexString(string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))));
}

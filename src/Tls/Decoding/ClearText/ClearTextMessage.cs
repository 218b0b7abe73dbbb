namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>One message before TLS, as people read it.</summary>
/// <param name="Text">One line, passwords masked.</param>
/// <param name="Meaning">What it means for the way to TLS.</param>
/// <param name="IsContent">True if only its length is to be told, together with that of its neighbours.</param>
internal readonly record struct ClearTextMessage(
    string Text, ClearTextMeaning Meaning = ClearTextMeaning.None, bool IsContent = false)
{
    /// <summary>A part of a letter, a page, a file.</summary>
    public static readonly ClearTextMessage OfContent = new("", ClearTextMeaning.NoText, IsContent: true);
}

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>One message before TLS, as people read it.</summary>
/// <param name="Text">One line, passwords masked.</param>
/// <param name="Meaning">What it means for the way to TLS.</param>
internal readonly record struct ClearTextMessage(string Text, ClearTextMeaning Meaning = ClearTextMeaning.None);

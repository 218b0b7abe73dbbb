namespace TlsInterop.Harness.Serve.Page;

/// <summary>When the device fails, as far as it is known.</summary>
/// <param name="Name">How the sentence begins.</param>
/// <param name="Text">The rest of it.</param>
/// <param name="Details">All that there is to tell, in lines.</param>
public sealed record AnswerView(string Name, string Text, string Details);

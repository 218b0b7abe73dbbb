namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>The lines by which a protocol comes to TLS.</summary>
/// <param name="Request">The client asks for TLS.</param>
/// <param name="GoAhead">The server agrees.</param>
/// <param name="Refusal">The server refuses.</param>
/// <param name="Goodbye">The client takes its leave.</param>
internal sealed record StartTlsLines(
    LinePattern[] Request, LinePattern[] GoAhead, LinePattern[] Refusal, LinePattern[] Goodbye)
{
    /// <summary>Lines of a protocol that nobody knows.</summary>
    public static readonly StartTlsLines None = new([], [], [], []);

    /// <summary>Replies of three digits: 4yz and 5yz refuse (RFC 5321, Section 4.2.1).</summary>
    public static StartTlsLines Digits(string goAhead, params ReadOnlySpan<string> request) =>
        new(LinePattern.All(request), LinePattern.All(goAhead), LinePattern.All("4*", "5*"), LinePattern.All("QUIT"));
}

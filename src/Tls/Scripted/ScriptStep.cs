namespace TlsInterop.Tls.Scripted;

/// <summary>One step of a script.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="What">
/// A handshake message or a content type by its RFC's name (<c>ClientHello</c>, <c>change_cipher_spec</c>), an alert as
/// <c>alert certificate_expired</c>; of a closing <c>fin</c>.
/// </param>
public readonly record struct ScriptStep(StepKind Kind, string What)
{
    public static ScriptStep Send(object what) => new(StepKind.Send, what.ToString()!);

    public static ScriptStep Expect(object what) => new(StepKind.Expect, what.ToString()!);

    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {What}";
}

namespace TlsInterop.Tls.Wire;

/// <summary>
/// Names values that differ from run to run, so that text about them stays the same and equality stays visible.
/// </summary>
public interface ITokens
{
    /// <summary>A name like <c>Random_1</c>: numbered by first sight per kind, the same for the same value.</summary>
    string Token(string kind, ReadOnlySpan<byte> value);

    /// <summary>A number of seconds that counts down between runs, as far as it is to be told.</summary>
    ulong Remaining(uint seconds) => seconds;
}

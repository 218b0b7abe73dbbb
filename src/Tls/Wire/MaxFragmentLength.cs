namespace TlsInterop.Tls.Wire;

/// <summary>The largest plaintext fragment that a client asks for.</summary>
/// <remarks>RFC 6066, Section 4.</remarks>
public readonly record struct MaxFragmentLength(byte Code)
{
    /// <summary>In octets, or null for an unassigned code.</summary>
    public int? Octets => Code is >= 1 and <= 4 ? 1 << (8 + Code) : null;

    public override string ToString() => Octets?.ToString() ?? $"0x{Code:x2}";
}

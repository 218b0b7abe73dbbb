namespace TlsInterop.Tls.Wire;

/// <summary>A group for key exchange: an elliptic curve, a finite field or a hybrid. Unknown values are kept.</summary>
/// <remarks>RFC 8446, Section 4.2.7; the registry is <see cref="NamedGroups"/>.</remarks>
public readonly record struct NamedGroup(ushort Code)
{
    /// <summary>The registry row, or null for a code point that is not in it.</summary>
    public NamedGroupInfo? Info => NamedGroups.Find(Code);

    /// <summary>The IANA name; else hexadecimal.</summary>
    public override string ToString() => Info?.Name ?? $"0x{Code:x4}";
}

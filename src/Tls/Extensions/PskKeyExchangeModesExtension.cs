using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The ways in which the client would use a pre-shared key.</summary>
/// <remarks>RFC 8446, Section 4.2.9.</remarks>
public sealed record PskKeyExchangeModesExtension(IReadOnlyList<PskKeyExchangeMode> Modes) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { PskKeyExchangeMode ke_modes<1..255>; } PskKeyExchangeModes;
        var modes = new List<PskKeyExchangeMode>();
        var list = reader.List8("ke_modes", min: 1);
        while (list.More) modes.Add(new(list.U8("ke_mode")));
        reader.End("psk_key_exchange_modes");
        return new PskKeyExchangeModesExtension(modes);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List8("ke_modes");
        foreach (var mode in Modes) writer.U8(mode.Code);
    }

    public override string Describe(ITokens tokens) =>
        string.Join(", ", Modes.Select(mode => Grease.IsPskKeyExchangeMode(mode.Code) ? "GREASE" : mode.ToString()));
}

using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Encrypted key transport for SRTP.</summary>
/// <param name="SupportedCiphers">A client's offer, best first; a server's one choice.</param>
/// <remarks>RFC 8870, Section 5.2.1.</remarks>
public sealed record SupportedEktCiphersExtension(IReadOnlyList<EktCipherType> SupportedCiphers) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // select (Handshake.msg_type) {
        //     case client_hello: EKTCipherType supported_ciphers<1..255>;
        //     case server_hello: EKTCipherType selected_cipher;
        //     case encrypted_extensions: EKTCipherType selected_cipher;
        // }
        var ciphers = new List<EktCipherType>();
        if (place == ExtensionPlace.ClientHello)
        {
            var list = reader.List8("supported_ciphers", min: 1);
            while (list.More) ciphers.Add(new(list.U8("supported_cipher")));
        }
        else
        {
            ciphers.Add(new(reader.U8("selected_cipher")));
        }
        reader.End("supported_ekt_ciphers");
        return new SupportedEktCiphersExtension(ciphers);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (place != ExtensionPlace.ClientHello)
        {
            foreach (var cipher in SupportedCiphers) writer.U8(cipher.Code);
            return;
        }
        using var list = writer.List8("supported_ciphers");
        foreach (var cipher in SupportedCiphers) writer.U8(cipher.Code);
    }

    public override string Describe(ITokens tokens) => string.Join(", ", SupportedCiphers);
}

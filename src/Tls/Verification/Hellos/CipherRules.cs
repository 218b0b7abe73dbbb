using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>Ciphers that a standard advises against. Where one is agreed on, both ends still offer it.</summary>
internal static class CipherRules
{
    public static readonly Rule[] Rows =
    [
        Agreed(
            "cipher-null", "RFC 9325, Section 4.1", "A suite encrypts.",
            suite => suite.Mode == CipherMode.Null),
        Agreed(
            "cipher-rc4", "RFC 7465, Section 2; RFC 9325, Section 4.1", "A suite does not use RC4.",
            suite => suite.Cipher.StartsWith("RC4", StringComparison.Ordinal)),
        Agreed(
            "cipher-export", "RFC 9325, Section 4.1",
            "A suite is none of those that were made weak to be exported.",
            suite => suite.Name.Contains("EXPORT", StringComparison.Ordinal)),
        Agreed(
            "cipher-short-block", "RFC 9325, Section 4.1; RFC 5469, Section 4",
            "A suite does not use a cipher with blocks of 64 bits: DES, 3DES, IDEA, RC2.",
            suite => suite is { Mode: CipherMode.Cbc, BlockLength: 8 }),
        Agreed(
            "key-exchange-not-ephemeral", "RFC 9325, Section 4.1",
            "A suite exchanges keys so that the server's key does not open what was recorded.",
            suite => suite.KeyExchange
                is KeyExchangeAlgorithm.Rsa or KeyExchangeAlgorithm.Dh or KeyExchangeAlgorithm.Ecdh),
        Agreed(
            "cipher-anonymous", "RFC 5246, Appendix F.1.1.1",
            "A suite authenticates the server at least: else who is in between reads and changes everything.",
            suite => suite.Authentication is AuthenticationAlgorithm.Anon or AuthenticationAlgorithm.Null,
            Severity.Warning),
    ];

    private static Rule Agreed(
        string id, string rfc, string sentence, Func<CipherSuiteInfo, bool> isPoor,
        Severity severity = Severity.Note) =>
        Rule.OfHandshake(id, rfc, sentence, severity, (handshake, hits) =>
        {
            if (handshake.Terms is { } terms && isPoor(terms.Suite))
                hits.Add(
                    $"Expected a better suite than {terms.Suite.Name}. Got: that one, in {terms.Version}.",
                    handshake.ServerHello!);
        });
}

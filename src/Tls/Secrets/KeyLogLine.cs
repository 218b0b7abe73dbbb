namespace TlsInterop.Tls.Secrets;

/// <summary>One secret of one session, as a line of a key log gives it.</summary>
/// <remarks>
/// RFC 9850, Section 2: label, client random and secret, the last two in hexadecimal, with one space between.
/// </remarks>
internal readonly record struct KeyLogLine(string Label, byte[] ClientRandom, byte[] Secret)
{
    private const int RandomLength = 32;
    private const int MasterSecretLength = 48;
    private const int LongestSecret = 512;

    /// <summary>Reads a line that is neither empty nor a comment.</summary>
    /// <returns>Null if the line is well formed, else the reason why it is not.</returns>
    public static string? Read(ReadOnlySpan<char> text, out KeyLogLine line)
    {
        line = default;
        Span<Range> parts = stackalloc Range[4];
        if (text.SplitAny(parts, [' ', '\t'], StringSplitOptions.RemoveEmptyEntries) != 3)
            return "expected three words: label, client random, secret";

        var label = text[parts[0]];
        foreach (var letter in label)
        {
            if (!char.IsAsciiLetterUpper(letter) && !char.IsAsciiDigit(letter) && letter != '_')
                return "a label has capitals, digits and _ only";
        }
        if (label is "RSA") return "RSA lines (an encrypted premaster secret) are not used";

        var random = text[parts[1]];
        if (random.Length != 2 * RandomLength) return $"expected a client random of 64 digits, got {random.Length}";
        if (!TryHex(random, out var clientRandom)) return "the client random is not hexadecimal";

        var secretText = text[parts[2]];
        if (secretText.Length > 2 * LongestSecret) return $"a secret of {secretText.Length} digits is too long";
        if (!TryHex(secretText, out var secret)) return "the secret is not hexadecimal";
        if (label is SecretLabels.ClientRandom && secret.Length != MasterSecretLength)
            return $"expected a master secret of 48 octets, got {secret.Length}";

        line = new KeyLogLine(label.ToString(), clientRandom, secret);
        return null;
    }

    public override string ToString() =>
        $"{Label} {Convert.ToHexStringLower(ClientRandom)} {Convert.ToHexStringLower(Secret)}";

    private static bool TryHex(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 2];
        return text.Length > 0 && text.Length % 2 == 0
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}

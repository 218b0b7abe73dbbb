namespace TlsInterop.Tls.Secrets;

/// <summary>One secret of one session, as a line of a key log gives it.</summary>
/// <param name="Label">What kind of secret it is.</param>
/// <param name="Id">What it is found by: a client random, or what the label says.</param>
/// <param name="Secret">The secret.</param>
/// <remarks>
/// RFC 9850, Section 2: label, client random and secret, the last two in hexadecimal, with one space between.
/// </remarks>
internal readonly record struct KeyLogLine(string Label, byte[] Id, byte[] Secret)
{
    /// <summary>Octets of a client random, and the most that a session id has.</summary>
    public const int LongestId = 32;

    /// <summary>Octets of an encrypted premaster secret that it is found by.</summary>
    public const int EncryptedPremasterPrefix = 8;

    private const int MasterSecretLength = 48;

    // A list of ECH configurations is the longest thing by far.
    private const int LongestSecret = 2048;

    private const string SessionIdWord = "Session-ID:";
    private const string MasterKeyWord = "Master-Key:";

    /// <summary>Reads a line that is neither empty nor a comment.</summary>
    /// <returns>Null if the line is well formed, else the reason why it is not.</returns>
    public static string? Read(ReadOnlySpan<char> text, out KeyLogLine line)
    {
        line = default;
        Span<Range> parts = stackalloc Range[4];
        if (text.SplitAny(parts, [' ', '\t'], StringSplitOptions.RemoveEmptyEntries) != 3)
            return "expected three words: label, client random, secret";

        var label = text[parts[0]];
        var id = text[parts[1]];
        var secret = text[parts[2]];
        if (label is not SecretLabels.EncryptedPremasterSecret) return ReadUsual(label, id, secret, out line);
        return id.StartsWith(SessionIdWord, StringComparison.OrdinalIgnoreCase)
            ? ReadSessionId(id[SessionIdWord.Length..], secret, out line)
            : ReadEncryptedPremaster(id, secret, out line);
    }

    public override string ToString() => Label == SecretLabels.SessionId
        ? $"RSA {SessionIdWord}{Convert.ToHexStringLower(Id)} {MasterKeyWord}{Convert.ToHexStringLower(Secret)}"
        : $"{Label} {Convert.ToHexStringLower(Id)} {Convert.ToHexStringLower(Secret)}";

    private static string? ReadUsual(
        ReadOnlySpan<char> label, ReadOnlySpan<char> random, ReadOnlySpan<char> secretText, out KeyLogLine line)
    {
        line = default;
        foreach (var letter in label)
        {
            if (!char.IsAsciiLetterUpper(letter) && !char.IsAsciiDigit(letter) && letter != '_')
                return "a label has capitals, digits and _ only";
        }
        if (random.Length != 2 * LongestId) return $"expected a client random of 64 digits, got {random.Length}";
        if (!TryHex(random, out var clientRandom)) return "the client random is not hexadecimal";
        if (secretText.Length > 2 * LongestSecret) return $"a secret of {secretText.Length} digits is too long";
        if (!TryHex(secretText, out var secret)) return "the secret is not hexadecimal";
        if (label is SecretLabels.ClientRandom && secret.Length != MasterSecretLength)
            return $"expected a master secret of 48 octets, got {secret.Length}";

        line = new KeyLogLine(label.ToString(), clientRandom, secret);
        return null;
    }

    // RSA 0123456789abcdef <96 digits>
    private static string? ReadEncryptedPremaster(
        ReadOnlySpan<char> id, ReadOnlySpan<char> secretText, out KeyLogLine line)
    {
        line = default;
        if (id.Length != 2 * EncryptedPremasterPrefix || !TryHex(id, out var prefix))
            return "expected the first 8 octets of an encrypted premaster secret as 16 digits";
        if (secretText.Length != 2 * MasterSecretLength || !TryHex(secretText, out var secret))
            return "expected a premaster secret of 48 octets as 96 digits";

        line = new KeyLogLine(SecretLabels.EncryptedPremasterSecret, prefix, secret);
        return null;
    }

    // RSA Session-ID:<digits> Master-Key:<96 digits>
    private static string? ReadSessionId(ReadOnlySpan<char> id, ReadOnlySpan<char> secretText, out KeyLogLine line)
    {
        line = default;
        if (id.Length > 2 * LongestId || !TryHex(id, out var sessionId))
            return "expected a session id of at most 32 octets";
        if (!secretText.StartsWith(MasterKeyWord, StringComparison.OrdinalIgnoreCase))
            return "expected Master-Key: behind Session-ID:";
        secretText = secretText[MasterKeyWord.Length..];
        if (secretText.Length != 2 * MasterSecretLength || !TryHex(secretText, out var secret))
            return "expected a master secret of 48 octets as 96 digits";

        line = new KeyLogLine(SecretLabels.SessionId, sessionId, secret);
        return null;
    }

    private static bool TryHex(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 2];
        return text.Length > 0 && text.Length % 2 == 0
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}

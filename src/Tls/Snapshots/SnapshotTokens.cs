using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Snapshots;

/// <summary>Numbers the volatile values of one snapshot by first sight.</summary>
internal sealed class SnapshotTokens : ITokens
{
    private readonly Dictionary<(string Kind, string Value), string> _tokens = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Rounded up to whole minutes: no run takes so long.</summary>
    public ulong Remaining(uint seconds) => (seconds + 59UL) / 60 * 60;

    public string Token(string kind, ReadOnlySpan<byte> value)
    {
        var key = (kind, Convert.ToHexStringLower(value));
        if (_tokens.TryGetValue(key, out var token)) return token;
        var number = _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        return _tokens[key] = $"{kind}_{number}";
    }
}

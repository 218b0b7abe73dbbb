using System.Globalization;
using System.Runtime.CompilerServices;

namespace TlsInterop.Tls.Verification;

/// <summary>
/// The sentence of a hit. Who breaks a rule a million times must not have a million sentences written: none is made
/// once the rule has enough hits.
/// </summary>
[InterpolatedStringHandler]
public ref struct RuleText
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Begins a text.</summary>
    /// <param name="literalLength">Characters of its fixed parts.</param>
    /// <param name="formattedCount">Values in it.</param>
    /// <param name="hits">Where it will go.</param>
    /// <param name="isWanted">False if it would be dropped: nothing more is asked for then.</param>
    public RuleText(int literalLength, int formattedCount, RuleHits hits, out bool isWanted)
    {
        isWanted = !hits.IsFull;
        if (isWanted) _text = new(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

    public override string ToString() => _text.ToStringAndClear();
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace TlsInterop.Harness.Runs;

/// <summary>A part of a plan: <c>2/8</c>.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Of">Of how many.</param>
public readonly record struct Shard(int Number, int Of)
{
    /// <summary>GitHub runs no more jobs than that of one matrix.</summary>
    public const int Most = 256;

    /// <summary>Reads <c>2/8</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Shard shard)
    {
        shard = default;
        if (text?.Split('/') is not [var number, var of]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var which)
            || !int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var all)
            || which < 1 || which > all || all > Most)
            return false;
        shard = new(which, all);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Of}");
}

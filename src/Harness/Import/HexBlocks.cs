using System.Globalization;
using System.Text;

namespace TlsInterop.Harness.Import;

/// <summary>Puts the lines of hex dumps together: a block begins where an offset is 0 again.</summary>
internal static class HexBlocks
{
    private const int MostInLine = 256; // of xxd -c, and more than any other has

    /// <summary>The octets of each block.</summary>
    /// <param name="lines">The lines; those that are no hexadecimal are passed over.</param>
    /// <param name="remark">Takes what is wrong.</param>
    public static List<byte[]> Of(IReadOnlyList<string> lines, Action<string> remark)
    {
        var blocks = new List<byte[]>();
        var block = new List<HexLine>();
        foreach (var line in lines.Select(HexLine.Of).OfType<HexLine>())
        {
            if (IsEndOf(block, line)) continue;
            var begins = line.Offset is { } offset
                ? offset == 0 || block is [{ Offset: null }, ..]
                : block is [{ Offset: not null }, ..];
            if (begins) Add(blocks, block, remark);
            block.Add(line);
        }
        Add(blocks, block, remark);
        return blocks;
    }

    // hexdump ends with a line that is an offset alone.
    private static bool IsEndOf(List<HexLine> block, HexLine line) =>
        line is { Offset: null, Digits: [{ Length: 7 or 8 } digits] } && block is [.., { Offset: { } last } before]
        && int.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var end)
        && end == last + before.Digits.Sum(group => group.Length) / 2;

    private static void Add(List<byte[]> blocks, List<HexLine> lines, Action<string> remark)
    {
        if (lines.Count == 0) return;
        var digits = lines[0].Offset is null
            ? string.Concat(lines.SelectMany(line => line.Digits))
            : Placed(lines, remark);
        lines.Clear();
        if (digits.Length % 2 != 0)
        {
            remark("the text ends in the middle of an octet: its one digit is left out");
            digits = digits[..^1];
        }
        if (digits.Length > 0) blocks.Add(Convert.FromHexString(digits));
    }

    // The next line's offset tells how many octets a line has, whatever the text beside them looks like.
    private static string Placed(List<HexLine> lines, Action<string> remark)
    {
        var first = lines.Count > 1 ? lines[1].Offset!.Value - lines[0].Offset!.Value : 0;
        var width = first is > 0 and <= MostInLine ? first : MostInLine;
        var digits = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            var room = i + 1 < lines.Count ? lines[i + 1].Offset!.Value - lines[i].Offset!.Value : width;
            var line = string.Concat(lines[i].Digits);
            if (room <= 0 || room > width || line.Length / 2 < Math.Min(room, width) && i + 1 < lines.Count)
                remark($"octets are missing near offset 0x{lines[i].Offset:x4}: lines of the dump are not there");
            digits.Append(line.AsSpan(0, Math.Min(line.Length, 2 * Math.Clamp(room, 0, width))));
        }
        return digits.ToString();
    }
}

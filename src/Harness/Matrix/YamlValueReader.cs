using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TlsInterop.Harness.Matrix;

/// <summary>
/// Turns YAML text into values with places, and everything that is wrong with the text into problems.
/// </summary>
/// <remarks>
/// An alias stands for the very value it names, never for a copy, and must not stand inside that value; so no text can
/// grow beyond its own size.
/// </remarks>
internal sealed class YamlValueReader(string text, Action<int, int, string> report)
{
    private const int MaxDepth = 32;

    private readonly Parser _parser = new(new StringReader(text));
    private (int Line, int Column) _lastPlace;
    private readonly Dictionary<string, YamlValue> _anchors = new(StringComparer.Ordinal);

    /// <summary>The first document of the text, or null if there is none that can be read.</summary>
    public YamlValue? Read()
    {
        try
        {
            _parser.Consume<StreamStart>();
            if (_parser.Accept<StreamEnd>(out _))
            {
                report(0, 0, "the file is empty");
                return null;
            }
            _parser.Consume<DocumentStart>();
            var root = Value(0);
            _parser.Consume<DocumentEnd>();
            if (_parser.TryConsume<DocumentStart>(out var second))
                report((int)second.Start.Line, (int)second.Start.Column,
                    "expected one document, found a second one after '---'");
            if (root is not YamlScalar { Text.Length: 0 }) return root;
            report(0, 0, "the file is empty");
            return null;
        }
        catch (YamlException broken)
        {
            var (line, column, message) = Explain(broken);
            report(line, column, message);
            return null;
        }
        // YamlDotNet's scanner gives up this way on some texts, such as a list in brackets that is never closed.
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException or FormatException)
        {
            var (line, column) = _lastPlace;
            report(line, column, "this is not YAML from here on: is a bracket or a quote left open?");
            return null;
        }
    }

    private YamlValue Value(int depth)
    {
        var start = _parser.Current!.Start;
        var (line, column) = ((int)start.Line, (int)start.Column);
        _lastPlace = (line, column);
        if (depth > MaxDepth) throw new YamlException(start, start, $"values are nested more than {MaxDepth} deep");

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (_anchors.TryGetValue(alias.Value.Value, out var named)) return named;
            throw new YamlException(
                alias.Start, alias.End, $"the alias '*{alias.Value}' names no value that stands before it");
        }
        // Of some broken texts YamlDotNet tells a key, and then the end of its mapping.
        if (_parser.Current is not NodeEvent { Anchor: var anchor })
            throw new YamlException(start, start, "a value is missing");
        YamlValue value;
        if (_parser.TryConsume<Scalar>(out var scalar)) value = new YamlScalar(line, column, scalar.Value);
        else if (_parser.TryConsume<SequenceStart>(out _)) value = new YamlSequence(line, column, Items(depth));
        else value = new YamlMapping(line, column, Entries(depth));
        if (!anchor.IsEmpty) _anchors[anchor.Value] = value;
        return value;
    }

    private List<YamlValue> Items(int depth)
    {
        var items = new List<YamlValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Value(depth + 1));
        return items;
    }

    private List<(YamlScalar, YamlValue)> Entries(int depth)
    {
        var entries = new List<(YamlScalar, YamlValue)>();
        _parser.Consume<MappingStart>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Value(depth + 1);
            var value = Value(depth + 1);
            if (key is YamlScalar name) entries.Add((name, value));
            else report(key.Line, key.Column, "expected a word as key, found a list or a mapping");
        }
        return entries;
    }

    // A tab is the one mistake that cannot be seen, and the parser's own words for it depend on what stands around it.
    private (int Line, int Column, string Message) Explain(YamlException broken)
    {
        var (line, column) = ((int)broken.Start.Line, (int)broken.Start.Column);
        var lines = text.Split('\n');
        for (var near = Math.Max(1, line); near <= Math.Min(lines.Length, line + 1); near++)
        {
            var content = lines[near - 1];
            var tab = content[..^content.TrimStart(' ', '\t').Length].IndexOf('\t');
            if (tab >= 0) return (near, tab + 1, "a tab stands in the indentation; YAML indents with spaces");
        }
        return (line, column, $"this is not YAML: {broken.Message}");
    }
}

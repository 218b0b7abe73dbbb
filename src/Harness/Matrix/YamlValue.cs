namespace TlsInterop.Harness.Matrix;

/// <summary>A value in a YAML file, with the place where it stands. Lines and columns count from 1.</summary>
public abstract record YamlValue(int Line, int Column);

/// <summary>Text; what it means is for the reader to say, so <c>1.2</c> and <c>yes</c> are text as well.</summary>
public sealed record YamlScalar(int Line, int Column, string Text) : YamlValue(Line, Column);

/// <summary>A list.</summary>
public sealed record YamlSequence(int Line, int Column, IReadOnlyList<YamlValue> Items) : YamlValue(Line, Column);

/// <summary>A mapping in the order of the file. Duplicate keys are kept: they are a problem to be reported.</summary>
public sealed record YamlMapping(int Line, int Column, IReadOnlyList<(YamlScalar Key, YamlValue Value)> Entries)
    : YamlValue(Line, Column);

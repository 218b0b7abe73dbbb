using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>A difference between the decoders that is understood: an entry of <c>disagreements.yaml</c>.</summary>
internal sealed class KnownDisagreement
{
    /// <summary>The words for who is wrong.</summary>
    private static readonly string[] Sides = ["tshark", "tlsinterop", "neither"];

    /// <summary>Name of the capture file.</summary>
    public string File { get; set; } = "";

    /// <summary>Number of the connection in it, from 1.</summary>
    public int Stream { get; set; }

    /// <summary>A <see cref="ReadingField"/>, or <see cref="DecoderComparison.Tls"/>.</summary>
    public string Field { get; set; } = "";

    /// <summary>Which side is wrong.</summary>
    public string Wrong { get; set; } = "";

    /// <summary>Why they differ.</summary>
    public string Reason { get; set; } = "";

    /// <summary>True if an entry says all that it must.</summary>
    public bool IsComplete => Stream > 0 && Reason.Length > 0 && Sides.Contains(Wrong)
        && (Field == DecoderComparison.Tls || Enum.TryParse<ReadingField>(Field, out _));

    public bool Matches(Disagreement found) =>
        (File, Stream, Field) == (found.File, found.Stream, found.Field);

    public override string ToString() => $"{File}, stream {Stream}, {Field}";

    /// <summary>The entries of a file.</summary>
    public static IReadOnlyList<KnownDisagreement> Load(string path)
    {
        var deserializer = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
        using var reader = System.IO.File.OpenText(path);
        return deserializer.Deserialize<Dictionary<string, List<KnownDisagreement>?>>(reader)["disagreements"] ?? [];
    }
}

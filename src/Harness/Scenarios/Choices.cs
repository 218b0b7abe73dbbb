using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace TlsInterop.Harness.Scenarios;

/// <summary>Values of which any will do; in YAML one value, or a list of them.</summary>
public sealed record Choices(params IReadOnlyList<string> Values)
{
    /// <summary>None at all.</summary>
    public static readonly Choices None = new();

    public bool IsEmpty => Values.Count == 0;

    public bool Contains(string value) => Values.Contains(value, StringComparer.Ordinal);

    /// <summary>As a sentence has them: <c>id or ticket</c>.</summary>
    public override string ToString() => string.Join(" or ", Values);

    /// <summary>Reads them.</summary>
    internal sealed class Converter : IYamlTypeConverter
    {
        public bool Accepts(Type type) => type == typeof(Choices);

        public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
        {
            if (parser.TryConsume<Scalar>(out var only)) return new Choices(only.Value);
            var values = new List<string>();
            parser.Consume<SequenceStart>();
            while (!parser.TryConsume<SequenceEnd>(out _)) values.Add(parser.Consume<Scalar>().Value);
            return new Choices(values);
        }

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
            throw new NotSupportedException("scenarios are read only");
    }
}

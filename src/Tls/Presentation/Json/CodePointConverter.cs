using System.Text.Json;
using System.Text.Json.Serialization;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation.Json;

/// <summary>
/// Writes every code point of the registries as <c>{"code": 4865, "name": "TLS_AES_128_GCM_SHA256"}</c>.
/// </summary>
internal sealed class CodePointConverter : JsonConverterFactory
{
    /// <summary>A value type of the registries that is its <c>Code</c>.</summary>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert is { IsValueType: true, IsEnum: false, Namespace: "TlsInterop.Tls.Wire" }
        && typeToConvert.GetProperty(nameof(CipherSuite.Code)) is not null;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : JsonConverter<T>
        where T : struct
    {
        private readonly Func<T, long> _code = Code();

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            var code = _code(value);
            writer.WriteStartObject();
            writer.WriteNumber("code", code);
            writer.WriteString("name", Name(value, code));
            writer.WriteEndObject();
        }

        private static string? Name(T value, long code) => value switch
        {
            CipherSuite suite => Grease.Label(suite.Code, CodePoints.IanaName(suite)),
            PskKeyExchangeMode mode when Grease.IsPskKeyExchangeMode(mode.Code) => "GREASE",
            AlertDescription or ContentType or SslV2CipherSpec => value.ToString(),
            _ => Grease.Label((ushort)code, value.ToString()!),
        };

        private static Func<T, long> Code()
        {
            var property = typeof(T).GetProperty(nameof(CipherSuite.Code))!;
            if (property.PropertyType == typeof(byte)) return Getter<byte>(property);
            if (property.PropertyType == typeof(ushort)) return Getter<ushort>(property);
            return value => Convert.ToInt64(property.GetValue(value));
        }

        private static Func<T, long> Getter<TCode>(System.Reflection.PropertyInfo property)
            where TCode : struct, IConvertible
        {
            var get = property.GetMethod!.CreateDelegate<Get<TCode>>();
            return value => get(ref value).ToInt64(null);
        }

        private delegate TCode Get<TCode>(ref T value);
    }
}

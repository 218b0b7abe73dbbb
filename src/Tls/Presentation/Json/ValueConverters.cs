using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Presentation.Json;

/// <summary>Writes opaque octets in hexadecimal, lower case.</summary>
internal sealed class HexConverter : JsonConverter<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Convert.ToHexStringLower(value.Span));
}

/// <summary>The same for arrays.</summary>
internal sealed class HexArrayConverter : JsonConverter<byte[]>
{
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Convert.ToHexStringLower(value));
}

/// <summary>Writes where and when a frame was seen.</summary>
internal sealed class FrameStampConverter : JsonConverter<FrameStamp>
{
    public override FrameStamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, FrameStamp value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("frame", value.Number);
        writer.WriteString("time", CaptureTime.Rfc3339(value.UnixNanoseconds));
        writer.WriteEndObject();
    }
}

/// <summary>Writes a direction as its sender.</summary>
internal sealed class DirectionConverter : JsonConverter<Direction>
{
    public override Direction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Direction value, JsonSerializerOptions options) =>
        writer.WriteStringValue(SummaryText.Sender(value));
}

/// <summary>Writes an address as people do.</summary>
internal sealed class AddressConverter : JsonConverter<IPAddress>
{
    public override IPAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, IPAddress value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>A transport parameter of QUIC.</summary>
/// <param name="Id">Its number, as IANA's "QUIC Transport Parameters" has it.</param>
/// <param name="Value">Its value as sent.</param>
public readonly record struct QuicTransportParameter(ulong Id, ReadOnlyMemory<byte> Value);

/// <summary>Parameters of QUIC, which has no business on TCP, but whose clients' hellos are seen there.</summary>
/// <param name="Parameters">In wire order.</param>
/// <param name="Data">The same as sent.</param>
/// <remarks>RFC 9000, Section 18; RFC 9001, Section 8.2.</remarks>
public sealed record QuicTransportParametersExtension(
    IReadOnlyList<QuicTransportParameter> Parameters, ReadOnlyMemory<byte> Data) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // Transport Parameter { Transport Parameter ID (i), Transport Parameter Length (i),
        //     Transport Parameter Value (..) }
        var whole = reader; // reads the same octets once more, as they are
        var data = whole.Rest();
        var parameters = new List<QuicTransportParameter>();
        while (reader.More)
        {
            var id = ReadInteger(ref reader, "id");
            var length = ReadInteger(ref reader, "length");
            var value = reader.Take((int)Math.Min(length, int.MaxValue), "value");
            if (reader.Fault is null) parameters.Add(new(id, value));
        }
        return new QuicTransportParametersExtension(parameters, data);
    }

    // RFC 9000, Section 16: the two highest bits tell whether it has 1, 2, 4 or 8 octets.
    private static ulong ReadInteger(ref WireReader reader, string field)
    {
        var first = reader.U8(field);
        var value = (ulong)(first & 0x3f);
        foreach (var octet in reader.Take((1 << (first >> 6)) - 1, field).Span) value = value << 8 | octet;
        return value;
    }

    // An integer has several forms, so that only the octets themselves can be repeated.
    public override void Write(WireWriter writer, ExtensionPlace place) => writer.Opaque(Data.Span);

    public override string Describe(ITokens tokens) => $"{Parameters.Count} parameters";
}

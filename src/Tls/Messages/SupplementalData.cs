using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>One piece of data that extensions asked for.</summary>
/// <param name="SuppDataType">What it is.</param>
/// <param name="Data">The data as sent.</param>
public readonly record struct SupplementalDataEntry(SupplementalDataType SuppDataType, ReadOnlyMemory<byte> Data);

/// <summary>Data of extensions that is too much for a hello: hints to users, authorizations.</summary>
/// <remarks>RFC 4680, Section 2.</remarks>
public sealed record SupplementalData(IReadOnlyList<SupplementalDataEntry> SuppData) : HandshakeBody
{
    public static SupplementalData Read(ref WireReader reader, in MessageContext context)
    {
        // struct { SupplementalDataType supp_data_type; uint16 supp_data_length; select (SupplementalDataType) { }; }
        //     SupplementalDataEntry;
        // struct { SupplementalDataEntry supp_data<1..2^24-1>; } SupplementalData;
        var entries = new List<SupplementalDataEntry>();
        var list = reader.List24("supp_data", min: 1);
        while (list.More)
        {
            var type = new SupplementalDataType(list.U16("supp_data_type"));
            var data = list.Vector16("supp_data_length");
            if (list.Fault is null) entries.Add(new(type, data));
        }
        reader.End("SupplementalData");
        return new(entries);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        using var list = writer.List24("supp_data");
        foreach (var entry in SuppData)
        {
            writer.U16(entry.SuppDataType.Code);
            writer.Vector16(entry.Data.Span, "supp_data_length");
        }
    }

    public override string Describe(ITokens tokens) => string.Join(", ", SuppData.Select(entry => entry.SuppDataType));
}

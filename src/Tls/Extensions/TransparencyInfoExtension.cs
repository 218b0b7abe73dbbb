using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>One proof of certificate transparency.</summary>
/// <param name="VersionedType">What it is.</param>
/// <param name="Data">The item after its type, as sent.</param>
public readonly record struct TransItem(TransType VersionedType, ReadOnlyMemory<byte> Data);

/// <summary>Proofs of certificate transparency, version 2, or a client's empty wish for them.</summary>
/// <param name="TransItemList">The proofs beside a certificate; null for the wish.</param>
/// <remarks>RFC 9162, Section 6.3 and 6.4.</remarks>
public sealed record TransparencyInfoExtension(IReadOnlyList<TransItem>? TransItemList) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        if (!reader.More) return new TransparencyInfoExtension(TransItemList: null);

        // opaque SerializedTransItem<1..2^16-1>;
        // struct { SerializedTransItem trans_item_list<1..2^16-1>; } TransItemList;
        // struct { VersionedTransType versioned_type; select (versioned_type) { ... } data; } TransItem;
        var items = new List<TransItem>();
        var list = reader.List16("trans_item_list", min: 1);
        while (list.More)
        {
            var item = list.List16("serialized_trans_item", min: 1);
            var type = new TransType(item.U16("versioned_type"));
            var data = item.Rest();
            if (list.Fault is null) items.Add(new(type, data));
        }
        reader.End("transparency_info");
        return new TransparencyInfoExtension(items);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (TransItemList is null) return;
        using var list = writer.List16("trans_item_list");
        foreach (var item in TransItemList)
        {
            using var serialized = writer.List16("serialized_trans_item");
            writer.U16(item.VersionedType.Code);
            writer.Opaque(item.Data.Span);
        }
    }

    public override string Describe(ITokens tokens) =>
        TransItemList is null ? "" : string.Join(", ", TransItemList.Select(item => item.VersionedType));
}

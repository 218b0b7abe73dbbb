using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>Something that the client still has from an earlier handshake.</summary>
/// <param name="Type">What it is.</param>
/// <param name="HashValue">A client's hash of it; empty in a server's answer.</param>
public readonly record struct CachedObject(CachedInformationType Type, ReadOnlyMemory<byte> HashValue);

/// <summary>What the server need not send again, or agrees not to.</summary>
/// <remarks>RFC 7924, Section 3.</remarks>
public sealed record CachedInfoExtension(IReadOnlyList<CachedObject> CachedInfo) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct {
        //     select (type) {
        //         case client: CachedInformationType type; opaque hash_value<1..255>;
        //         case server: CachedInformationType type;
        //     } body;
        // } CachedObject;
        // struct { CachedObject cached_info<1..2^16-1>; } CachedInformation;
        var objects = new List<CachedObject>();
        var list = reader.List16("cached_info", min: 1);
        while (list.More)
        {
            var type = new CachedInformationType(list.U8("type"));
            var hash = place == ExtensionPlace.ClientHello ? list.Vector8("hash_value", min: 1) : default;
            if (list.Fault is null) objects.Add(new(type, hash));
        }
        reader.End("cached_info");
        return new CachedInfoExtension(objects);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List16("cached_info");
        foreach (var item in CachedInfo)
        {
            writer.U8(item.Type.Code);
            if (place == ExtensionPlace.ClientHello) writer.Vector8(item.HashValue.Span, "hash_value");
        }
    }

    public override string Describe(ITokens tokens) => string.Join(", ", CachedInfo.Select(item => item.Type));
}

using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>One public key.</summary>
/// <param name="Group">Its group.</param>
/// <param name="KeyExchange">The key as the group writes it (RFC 8446, Section 4.2.8.1 and 4.2.8.2).</param>
public readonly record struct KeyShareEntry(NamedGroup Group, ReadOnlyMemory<byte> KeyExchange)
{
    /// <summary>
    /// The parts of a hybrid's share, each with its own group: a client's or a server's, as the length has it; none for
    /// other groups and for a share of any other length.
    /// </summary>
    public IReadOnlyList<KeyShareEntry> Parts
    {
        get
        {
            if (Group.Info is not { Parts: [_, ..] names } info) return [];
            var isClient = KeyExchange.Length == info.ClientShareLength;
            if (!isClient && KeyExchange.Length != info.ServerShareLength) return [];

            var parts = new List<KeyShareEntry>();
            var start = 0;
            foreach (var part in names.Select(name => NamedGroups.Find(name)!))
            {
                var length = isClient ? part.ClientShareLength : part.ServerShareLength;
                parts.Add(new(new(part.Code), KeyExchange.Slice(start, length)));
                start += length;
            }
            return parts;
        }
    }
}

/// <summary>The client's public keys, the server's, or the group that a HelloRetryRequest asks for.</summary>
/// <param name="Entries">A client's keys in order, or the server's one.</param>
/// <param name="SelectedGroup">The group of a HelloRetryRequest, else null.</param>
/// <remarks>RFC 8446, Section 4.2.8.</remarks>
public sealed record KeyShareExtension(IReadOnlyList<KeyShareEntry> Entries, NamedGroup? SelectedGroup) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { NamedGroup group; opaque key_exchange<1..2^16-1>; } KeyShareEntry;
        // client: KeyShareEntry client_shares<0..2^16-1>; server: KeyShareEntry server_share;
        // HelloRetryRequest: NamedGroup selected_group;
        var entries = new List<KeyShareEntry>();
        NamedGroup? selected = null;
        if (place == ExtensionPlace.HelloRetryRequest)
        {
            selected = new NamedGroup(reader.U16("selected_group"));
        }
        else if (place == ExtensionPlace.ClientHello)
        {
            var list = reader.List16("client_shares");
            while (list.More) ReadEntry(ref list, entries);
        }
        else
        {
            ReadEntry(ref reader, entries);
        }
        reader.End("key_share");
        return new KeyShareExtension(entries, selected);
    }

    private static void ReadEntry(ref WireReader reader, List<KeyShareEntry> entries)
    {
        var group = new NamedGroup(reader.U16("group"));
        var key = reader.Vector16("key_exchange", min: 1);
        if (reader.Fault is null) entries.Add(new(group, key));
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (SelectedGroup is { } selected)
        {
            writer.U16(selected.Code);
        }
        else if (place == ExtensionPlace.ClientHello)
        {
            using var list = writer.List16("client_shares");
            WriteEntries(writer);
        }
        else
        {
            WriteEntries(writer);
        }
    }

    private void WriteEntries(WireWriter writer)
    {
        foreach (var (group, key) in Entries)
        {
            writer.U16(group.Code);
            writer.Vector16(key.Span, "key_exchange");
        }
    }

    public override string Describe(ITokens tokens) => SelectedGroup is { } selected
        ? $"selected_group {selected}"
        : string.Join(", ", Entries.Select(entry => Grease.Is(entry.Group.Code)
            ? "GREASE"
            : $"{entry.Group} {tokens.Token("KeyShare", entry.KeyExchange.Span)} ({entry.KeyExchange.Length})"));
}

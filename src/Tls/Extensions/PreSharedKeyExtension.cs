using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>One identity of a client's offer.</summary>
/// <param name="Identity">The ticket, or the name of an external key.</param>
/// <param name="ObfuscatedTicketAge">Age of the ticket in milliseconds plus ticket_age_add, modulo 2^32.</param>
public readonly record struct PskIdentity(ReadOnlyMemory<byte> Identity, uint ObfuscatedTicketAge);

/// <summary>The pre-shared keys that the client offers with proof, or the server's choice among them.</summary>
/// <param name="Identities">The client's identities in order.</param>
/// <param name="Binders">One HMAC per identity.</param>
/// <param name="SelectedIdentity">The server's choice, counted from 0; null in a ClientHello.</param>
/// <remarks>RFC 8446, Section 4.2.11.</remarks>
public sealed record PreSharedKeyExtension(
    IReadOnlyList<PskIdentity> Identities,
    IReadOnlyList<ReadOnlyMemory<byte>> Binders,
    ushort? SelectedIdentity) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        var identities = new List<PskIdentity>();
        var binders = new List<ReadOnlyMemory<byte>>();
        if (place != ExtensionPlace.ClientHello)
        {
            // case server_hello: uint16 selected_identity;
            var selected = reader.U16("selected_identity");
            reader.End("pre_shared_key");
            return new PreSharedKeyExtension(identities, binders, selected);
        }
        // struct { opaque identity<1..2^16-1>; uint32 obfuscated_ticket_age; } PskIdentity;
        // opaque PskBinderEntry<32..255>;
        // struct { PskIdentity identities<7..2^16-1>; PskBinderEntry binders<33..2^16-1>; } OfferedPsks;
        var list = reader.List16("identities", min: 7);
        while (list.More)
        {
            var identity = list.Vector16("identity", min: 1);
            var age = list.U32("obfuscated_ticket_age");
            if (list.Fault is null) identities.Add(new(identity, age));
        }
        list = reader.List16("binders", min: 33);
        while (list.More)
        {
            var binder = list.Vector8("binder", min: 32);
            if (list.Fault is null) binders.Add(binder);
        }
        reader.End("pre_shared_key");
        return new PreSharedKeyExtension(identities, binders, SelectedIdentity: null);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (SelectedIdentity is { } selected)
        {
            writer.U16(selected);
            return;
        }
        using (writer.List16("identities"))
        {
            foreach (var (identity, age) in Identities)
            {
                writer.Vector16(identity.Span, "identity");
                writer.U32(age);
            }
        }
        using (writer.List16("binders"))
            foreach (var binder in Binders) writer.Vector8(binder.Span, "binder");
    }

    public override string Describe(ITokens tokens) => SelectedIdentity is { } selected
        ? $"selected_identity {selected}"
        : string.Join(", ", Identities.Select(identity => tokens.Token("Ticket", identity.Identity.Span)))
            + $", binders {string.Join(", ", Binders.Select(binder => binder.Length))} bytes";
}

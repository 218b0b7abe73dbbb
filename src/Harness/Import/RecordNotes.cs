using System.Runtime.InteropServices;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>Reads records in the order in which a report shows them, whoever sent them.</summary>
/// <remarks>RFC 8446, Section 5.1; RFC 5246, Section 6.2.1.</remarks>
internal sealed class RecordNotes(ConnectionNotes notes)
{
    private readonly Dictionary<int, Sender> _senders = [];

    /// <summary>The next octets.</summary>
    /// <param name="from">Who sent them; null to tell by what they say.</param>
    /// <param name="octets">Whole records, or parts of them.</param>
    public void Add(Direction? from, ReadOnlySpan<byte> octets)
    {
        var sender = Of(from);
        sender.Octets.AddRange(octets);
        // Nothing is copied before a record is whole: it may come an octet at a time.
        var at = 0;
        while (Length(CollectionsMarshal.AsSpan(sender.Octets)[at..]) is { } length
            && length <= sender.Octets.Count - at)
        {
            Record(sender, sender.Octets.GetRange(at, length).ToArray());
            at += length;
        }
        sender.Octets.RemoveRange(0, at);
    }

    /// <summary>There are no more octets: what is not whole is read as far as it goes.</summary>
    public void End()
    {
        foreach (var sender in _senders.Values)
        {
            if (sender.Octets.Count > 0) Cut(sender);
            if (sender.Joiner.TakeRest() is { } rest) Message(sender, rest);
        }
    }

    private Sender Of(Direction? from)
    {
        var key = from is { } known ? (int)known : -1;
        if (!_senders.TryGetValue(key, out var sender)) _senders[key] = sender = new(from);
        return sender;
    }

    private static int? Length(ReadOnlySpan<byte> octets) => octets.Length < TlsRecord.HeaderLength
        ? null
        : TlsRecord.HeaderLength + (octets[3] << 8 | octets[4]);

    private void Cut(Sender sender)
    {
        var octets = sender.Octets.ToArray();
        if (Length(octets) is not { } length)
        {
            notes.Remark($"the header of a record lacks {Plural.Of(TlsRecord.HeaderLength - octets.Length, "octet")}");
            return;
        }
        var missing = Plural.Of(length - octets.Length, "octet");
        notes.Remark($"a record of {length} octets lacks {missing}: the text ends before");
        if (new ContentType(octets[0]) == ContentType.Handshake) Record(sender, octets);
    }

    private void Record(Sender sender, ReadOnlyMemory<byte> record)
    {
        var type = new ContentType(record.Span[0]);
        var content = record[TlsRecord.HeaderLength..];
        sender.Version ??= new ProtocolVersion((ushort)(record.Span[1] << 8 | record.Span[2]));
        if (type == ContentType.Handshake) Handshake(sender, content);
        else if (type == ContentType.Alert) Alert(sender, content);
        else if (type == ContentType.ChangeCipherSpec) ChangeCipherSpec(sender);
        else if (type == ContentType.ApplicationData) notes.Step(sender.From, "application data");
        else notes.Remark($"a record of the type {type.Code} is none of TLS");
    }

    private void Handshake(Sender sender, ReadOnlyMemory<byte> content)
    {
        if (sender.IsProtected || !sender.Joiner.IsInside && !HandshakeJoiner.LooksLikeMessage(content.Span))
        {
            notes.Step(sender.From, "Finished");
            return;
        }
        sender.Joiner.Add(content);
        while (sender.Joiner.Next() is { } message) Message(sender, message);
    }

    private void Message(Sender sender, ReadOnlyMemory<byte> octets) => notes.Take(
        sender.From, HandshakeMessage.Read(octets, notes.Context, FaultOwner.CutCapture), sender.Version);

    private void Alert(Sender sender, ReadOnlyMemory<byte> content)
    {
        var reader = new WireReader(content);
        if (sender.IsProtected || content.Length != 2) notes.Step(sender.From, "encrypted alert");
        else notes.Take(sender.From, Tls.Messages.Alert.Read(ref reader));
    }

    // RFC 8446, Section 5: in TLS 1.3 it means nothing.
    private void ChangeCipherSpec(Sender sender)
    {
        sender.IsProtected = sender.From is not null && !notes.Context.IsTls13;
        notes.Step(sender.From, "ChangeCipherSpec");
    }

    private sealed class Sender(Direction? from)
    {
        public Direction? From => from;

        public List<byte> Octets { get; } = [];

        public HandshakeJoiner Joiner { get; } = new();

        public ProtocolVersion? Version { get; set; }

        public bool IsProtected { get; set; }
    }
}

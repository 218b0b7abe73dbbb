using System.Buffers.Binary;

namespace TlsInterop.Tls.Secrets;

/// <summary>
/// Logged secrets by the id of their session, packed: a key log may have those of a hundred thousand sessions. Beyond
/// the capacity the session that came first is forgotten. Not for several threads.
/// </summary>
/// <param name="capacity">The most sessions to keep.</param>
internal sealed class LoggedSecrets(int capacity)
{
    private const int LinesPerSession = 32;
    private const int MostLabels = byte.MaxValue;
    private const int LengthAt = 5;
    private const int EntryHeader = 7;

    private readonly List<string> _labels = [];

    // A session is an id, its length before it, then entries: label, where it came from in
    // four octets, length of the secret in two, secret.
    private byte[][] _sessions = [];

    /// <summary>The next session of the same bucket, from 1; 0 for none.</summary>
    private int[] _next = [];

    private int[] _buckets = [];
    private int _first;

    /// <summary>Sessions that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps a secret once. False if there are more kinds of secrets than anybody has.</summary>
    /// <param name="line">The secret.</param>
    /// <param name="origin">Where it came from.</param>
    /// <param name="other">Where another secret of the same label and id came from; null if there is none.</param>
    public bool Add(in KeyLogLine line, uint origin, out uint? other)
    {
        other = null;
        var label = Label(line.Label);
        if (label < 0) return false;
        var at = IndexOf(line.Id);
        if (at < 0) at = Append(line.Id);
        // Client and server often write the same log.
        var lines = 0;
        for (var left = Entries(_sessions[at]); !left.IsEmpty; lines++)
        {
            var from = BinaryPrimitives.ReadUInt32BigEndian(left[1..]);
            var secret = Take(ref left, out var known);
            if (known != label) continue;
            if (secret.SequenceEqual(line.Secret))
            {
                other = null;
                return true;
            }
            other = from;
        }
        if (lines == LinesPerSession) DropFirst(at);
        var session = _sessions[at];
        Array.Resize(ref session, session.Length + EntryHeader + line.Secret.Length);
        var entry = session.AsSpan(session.Length - EntryHeader - line.Secret.Length);
        entry[0] = (byte)label;
        BinaryPrimitives.WriteUInt32BigEndian(entry[1..], origin);
        BinaryPrimitives.WriteUInt16BigEndian(entry[LengthAt..], (ushort)line.Secret.Length);
        line.Secret.CopyTo(entry[EntryHeader..]);
        _sessions[at] = session;
        return true;
    }

    /// <summary>True if there is any secret of that id.</summary>
    public bool Has(ReadOnlySpan<byte> id) => IndexOf(id) >= 0;

    /// <summary>The last secret of a label that was added for an id, or null.</summary>
    public byte[]? Find(string label, ReadOnlySpan<byte> id)
    {
        byte[]? found = null;
        if (IndexOf(id) is var at && at < 0) return found;
        for (var left = Entries(_sessions[at]); !left.IsEmpty;)
        {
            var secret = Take(ref left, out var known);
            if (_labels[known] == label) found = secret.ToArray();
        }
        return found;
    }

    /// <summary>Everything of an id, in the order in which it was added.</summary>
    public List<KeyLogLine> LinesOf(ReadOnlySpan<byte> id)
    {
        var lines = new List<KeyLogLine>();
        if (IndexOf(id) is var at && at < 0) return lines;
        for (var left = Entries(_sessions[at]); !left.IsEmpty;)
        {
            var secret = Take(ref left, out var label);
            lines.Add(new(_labels[label], id.ToArray(), secret.ToArray()));
        }
        return lines;
    }

    private static ReadOnlySpan<byte> Id(byte[] session) => session.AsSpan(1, session[0]);

    private static ReadOnlySpan<byte> Entries(byte[] session) => session.AsSpan(1 + session[0]);

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> entries, out int label)
    {
        label = entries[0];
        var secret = entries.Slice(EntryHeader, BinaryPrimitives.ReadUInt16BigEndian(entries[LengthAt..]));
        entries = entries[(EntryHeader + secret.Length)..];
        return secret;
    }

    private int Label(string label)
    {
        var known = _labels.IndexOf(label);
        if (known >= 0 || _labels.Count == MostLabels) return known;
        _labels.Add(label);
        return _labels.Count - 1;
    }

    private int IndexOf(ReadOnlySpan<byte> id)
    {
        if (_buckets.Length == 0) return -1;
        for (var number = _buckets[Bucket(id)]; number > 0; number = _next[number - 1])
        {
            if (Id(_sessions[number - 1]).SequenceEqual(id)) return number - 1;
        }
        return -1;
    }

    private int Append(ReadOnlySpan<byte> id)
    {
        if (Count == _sessions.Length && Count < capacity) Grow();
        var at = Count;
        if (Count < capacity) Count++;
        else at = Forget();
        _sessions[at] = [(byte)id.Length, .. id];
        Link(at);
        return at;
    }

    private int Forget()
    {
        var at = _first;
        _first = (_first + 1) % capacity;
        ref var link = ref _buckets[Bucket(Id(_sessions[at]))];
        while (link != at + 1) link = ref _next[link - 1];
        link = _next[at];
        return at;
    }

    private void Link(int at)
    {
        ref var bucket = ref _buckets[Bucket(Id(_sessions[at]))];
        (_next[at], bucket) = (bucket, at + 1);
    }

    private void Grow()
    {
        var size = (int)Math.Min(capacity, Math.Max(64L, 2L * _sessions.Length));
        Array.Resize(ref _sessions, size);
        _next = new int[size];
        _buckets = new int[size];
        for (var at = 0; at < Count; at++) Link(at);
    }

    private int Bucket(ReadOnlySpan<byte> id)
    {
        var hash = new HashCode();
        hash.AddBytes(id);
        return (int)((uint)hash.ToHashCode() % (uint)_buckets.Length);
    }

    private void DropFirst(int at)
    {
        var session = _sessions[at];
        var start = 1 + session[0];
        var entry = EntryHeader + BinaryPrimitives.ReadUInt16BigEndian(session.AsSpan(start + LengthAt));
        _sessions[at] = [.. session.AsSpan(0, start), .. session.AsSpan(start + entry)];
    }
}

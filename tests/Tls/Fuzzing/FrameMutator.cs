namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>Changes a conversation as bad networks, bad captures and bad stacks do.</summary>
internal sealed class FrameMutator(Random random, ByteMutator bytes)
{
    /// <summary>Changes the frames in place, in one way or a few.</summary>
    /// <param name="frames">The frames of a whole conversation.</param>
    /// <param name="other">A conversation to take payload from.</param>
    public void Mutate(List<FuzzFrame> frames, FuzzConversation other)
    {
        do Change(frames, other); while (random.Next(2) == 0);
    }

    private void Change(List<FuzzFrame> frames, FuzzConversation other)
    {
        if (frames.Count == 0) return;
        var at = random.Next(frames.Count);
        var frame = frames[at];
        switch (random.Next(10))
        {
            case 0 or 1 or 2: ChangePayload(frames, at, Payload(other)); break;
            case 3: frames.RemoveAt(at); break;
            case 4: frames.Insert(random.Next(frames.Count + 1), frame); break;
            case 5:
                frames.RemoveAt(at);
                frames.Insert(random.Next(frames.Count + 1), frame);
                break;
            case 6: Split(frames, at); break;
            case 7: Overlap(frames, at); break;
            case 8:
                frames[at] = frame with { Sequence = unchecked(frame.Sequence + (uint)random.Next(-2000, 2000)) };
                break;
            default:
                frames[at] = random.Next(2) == 0
                    ? frame with { Flags = (byte)random.Next(256) }
                    : frame with { Payload = Payload(other) };
                break;
        }
    }

    // What follows moves along with it: the stream stays whole, its content does not.
    private void ChangePayload(List<FuzzFrame> frames, int at, byte[] other)
    {
        var frame = frames[at];
        var payload = bytes.Mutate(frame.Payload, other);
        var growth = unchecked((uint)(payload.Length - frame.Payload.Length));
        frames[at] = frame with { Payload = payload };
        for (var i = 0; i < frames.Count; i++)
        {
            if (i != at && frames[i].Direction == frame.Direction && frames[i].Sequence > frame.Sequence)
                frames[i] = frames[i] with { Sequence = unchecked(frames[i].Sequence + growth) };
        }
    }

    private void Split(List<FuzzFrame> frames, int at)
    {
        var frame = frames[at];
        var size = 1 + random.Next(1 + (frame.Payload.Length / 2));
        var parts = frame.Payload.Chunk(size).Select((part, index) =>
            frame with { Sequence = frame.Sequence + (uint)(index * size), Payload = part });
        frames.RemoveAt(at);
        frames.InsertRange(at, parts);
    }

    // Sends a piece again, as it was or with other content.
    private void Overlap(List<FuzzFrame> frames, int at)
    {
        var frame = frames[at];
        if (frame.Payload.Length == 0) return;
        var start = random.Next(frame.Payload.Length);
        var piece = frame.Payload.AsSpan(start, random.Next(frame.Payload.Length - start + 1)).ToArray();
        if (random.Next(2) == 0) random.NextBytes(piece);
        var resent = frame with { Sequence = frame.Sequence + (uint)start, Payload = piece };
        frames.Insert(random.Next(frames.Count + 1), resent);
    }

    private byte[] Payload(FuzzConversation other) => other.Segments[random.Next(other.Segments.Count)].Bytes;
}

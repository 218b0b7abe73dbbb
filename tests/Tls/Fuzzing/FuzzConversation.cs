using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>What two ends said to each other over TCP, and the secrets of it: something to be changed.</summary>
internal sealed record FuzzConversation(
    string Name, string KeyLog, IReadOnlyList<(Direction From, byte[] Bytes)> Segments)
{
    /// <summary>Reads lines of a key log, and <c>&gt;</c> or <c>&lt;</c> with what client or server sent.</summary>
    public static FuzzConversation Parse(string name, IEnumerable<string> lines)
    {
        var keyLog = new List<string>();
        var segments = new List<(Direction, byte[])>();
        foreach (var line in lines)
        {
            if (line is ['>' or '<', ..])
            {
                segments.Add((line[0] == '>' ? Direction.ClientToServer : Direction.ServerToClient,
                    Convert.FromHexString(line.AsSpan(2))));
            }
            else
            {
                keyLog.Add(line);
            }
        }
        return new(name, string.Join('\n', keyLog), segments);
    }

    /// <summary>The frames of a connection that begins and ends as it should.</summary>
    public List<FuzzFrame> Frames()
    {
        var next = new uint[] { 1, 1 };
        var frames = new List<FuzzFrame>
        {
            new(Direction.ClientToServer, 0, FuzzFrame.Syn, []),
            new(Direction.ServerToClient, 0, FuzzFrame.Syn | FuzzFrame.Ack, []),
        };
        foreach (var (from, bytes) in Segments)
        {
            frames.Add(new(from, next[(int)from], FuzzFrame.Ack, bytes));
            next[(int)from] += (uint)bytes.Length;
        }
        foreach (var from in Enum.GetValues<Direction>())
            frames.Add(new(from, next[(int)from], FuzzFrame.Ack | FuzzFrame.Fin, []));
        return frames;
    }
}

using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Records;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>
/// What both ends of a connection say before TLS. A protocol that is known is read by its messages; another by lines,
/// and TLS begins wherever, at the start of a line or segment, octets look like it.
/// </summary>
/// <param name="add">Takes what was said.</param>
/// <remarks>A direction keeps one message of at most 16 KiB; the first 256 KiB of it are shown.</remarks>
internal sealed class ClearTextDialogue(Action<ClearTextEvent> add)
{
    private const int MaxMessageLength = 16 << 10;
    private const int MaxShown = 256 << 10;

    /// <summary>A protocol that did not show in so many lines will not.</summary>
    private const int MostLinesToRecognise = 32;

    /// <summary>First octets that tell a protocol are no more than these.</summary>
    private const int MostFirstOctets = 64;

    private readonly ClearTextMask _mask = new();
    private ClearTextSide? _client;
    private ClearTextSide? _server;
    private IMessageReader? _reader;

    /// <summary>True if a protocol was left in the middle of its messages.</summary>
    private bool _isLost;

    /// <summary>The protocol that is spoken at the moment; null if none was recognised.</summary>
    public ClearTextProtocol? Protocol { get; private set; }

    private IMessageReader Reader => _reader ??= new LineReader(StartTlsLines.None, _mask);

    /// <summary>Takes what is clear from the front of the next octets.</summary>
    /// <returns>
    /// The octets from the first of TLS on, valid until the next call; empty if there are none yet. Once there are, the
    /// direction is TLS and is not to be asked again.
    /// </returns>
    public ReadOnlySpan<byte> Read(Direction direction, ReadOnlySpan<byte> bytes, FrameStamp at)
    {
        ref var side = ref direction == Direction.ClientToServer ? ref _client : ref _server;
        if (IsStart(side) && RecordReader.LooksLikeTls(bytes) == true)
        {
            Flush(direction, at);
            return bytes;
        }
        side ??= new();
        if (side.Opaque is not null) return ReadOpaque(direction, side, bytes, at);
        if (side.Shown > MaxShown) return default;
        side.Append(bytes, at);
        while (!side.Pending.IsEmpty)
        {
            if (RecordReader.LooksLikeTls(side.Pending) is not { } isTls) break;
            if (isTls) return side.Take(side.Pending.Length);
            if (!ReadMessage(direction, side, at)) break;
            if (side.Opaque is not null) return ReadOpaque(direction, side, side.Take(side.Pending.Length), at);
        }
        return default;
    }

    /// <summary>Gives what waits as it is, complete or not.</summary>
    public void Flush(Direction direction, FrameStamp at)
    {
        if ((direction == Direction.ClientToServer ? _client : _server) is not { } side) return;
        if (!side.Pending.IsEmpty)
        {
            if (Protocol is null or { Refines: null }) RecogniseLine(direction, side, side.Pending);
            var rest = side.Take(side.Pending.Length);
            if (!Reader.IsText) Show(direction, side, Incomplete(rest.Length), rest.Length, side.LatestAt);
            else if (Reader.Length(direction, rest) != IMessageReader.Foreign)
                Show(direction, side, Reader.Read(direction, rest), rest.Length, side.LatestAt);
            else AddOpaque(direction, side, rest, side.LatestAt);
        }
        ShowContent(direction);
        if (side.Opaque is not { } opaque) return;
        side.Opaque = null;
        side.Messages++;
        if (side.OpaqueEvent is null) return;
        (side.OpaqueEvent.Line, side.OpaqueEvent.Octets) = (opaque.Text(isBeginning: !_isLost), opaque.Count);
        side.OpaqueEvent = null;
    }

    /// <summary>Octets of a direction are missing: behind them lines are found again, other messages are not.</summary>
    public void Gap(Direction direction, FrameStamp at)
    {
        Flush(direction, at);
        if (_reader is { IsText: false }) Lose();
        Reader.Gap(direction);
    }

    private static ClearTextMessage Incomplete(int length) =>
        new($"{length} octets of an incomplete message", ClearTextMeaning.NoText);

    // Where a segment begins, TLS may begin in a text; but not inside what may be the header of a record already.
    private bool IsStart(ClearTextSide? side) => side is null || side.Opaque is not null
        || (Reader.IsText && (side.Pending.IsEmpty || RecordReader.LooksLikeTls(side.Pending) == false));

    private ReadOnlySpan<byte> ReadOpaque(
        Direction direction, ClearTextSide side, ReadOnlySpan<byte> bytes, FrameStamp at)
    {
        var record = Protocol is null ? OpaqueOctets.FindRecord(bytes) : -1;
        AddOpaque(direction, side, record < 0 ? bytes : bytes[..record], at);
        if (record < 0) return default;
        Flush(direction, at);
        return bytes[record..];
    }

    private void AddOpaque(Direction direction, ClearTextSide side, ReadOnlySpan<byte> octets, FrameStamp at)
    {
        if (octets.IsEmpty) return;
        side.Opaque ??= new();
        if (side.Opaque.Count == 0)
        {
            ShowContent(Direction.ClientToServer);
            ShowContent(Direction.ServerToClient);
            side.OpaqueEvent = Add(direction, side, new("", ClearTextMeaning.NoText), octets: 0, at);
        }
        side.Opaque.Add(octets);
    }

    // False if the message is not whole.
    private bool ReadMessage(Direction direction, ClearTextSide side, FrameStamp at)
    {
        if (!RecogniseFirst(direction, side)) return false;
        RecogniseLine(direction, side, side.Pending[..(side.Pending.IndexOf((byte)'\n') + 1)]);
        if (direction == Direction.ClientToServer && _server is not null) _mask.Prompt(_server.Pending);
        var length = Reader.Length(direction, side.Pending);
        if (length > MaxMessageLength || (length == 0 && side.Pending.Length > MaxMessageLength))
            length = Reader.IsText ? MaxMessageLength : IMessageReader.Foreign;
        if (length == IMessageReader.Foreign)
        {
            if (Reader.IsText) side.Opaque = new();
            else Lose();
            return true;
        }
        if (length == 0) return false;
        Show(direction, side, Reader.Read(direction, side.Take(length)), length, at);
        return true;
    }

    // False if more octets are needed.
    private bool RecogniseFirst(Direction direction, ClearTextSide side)
    {
        if (Protocol is not null || side.Messages > 0) return true;
        var row = ClearTextProtocols.ByFirstOctets(direction, side.Pending, out var mayBe);
        if (row is not null) Enter(row);
        return row is not null || !mayBe || side.Pending.Length >= MostFirstOctets;
    }

    private void RecogniseLine(Direction direction, ClearTextSide side, ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || side.Messages >= MostLinesToRecognise || !Reader.IsText) return;
        if (ClearTextProtocols.ByLine(direction, line.TrimEnd("\r\n"u8), Protocol) is { } row) Enter(row);
    }

    private void Enter(ClearTextProtocol row)
    {
        (Protocol, _isLost) = (row, false);
        _reader = row.Open(_mask);
    }

    // What comes is not of the protocol: the middle of a message that may hold anything.
    private void Lose()
    {
        Leave();
        _isLost = true;
    }

    // What comes is of another protocol.
    private void Leave()
    {
        (Protocol, _reader) = (null, null);
        if (_client is not null) _client.Messages++;
        if (_server is not null) _server.Messages++;
    }

    // Lines of which nobody knows what they are may be anything, passwords too.
    private bool IsUnknown(ClearTextSide side) =>
        Protocol is null && (_isLost || side.Messages >= MostLinesToRecognise);

    private void ShowContent(Direction direction)
    {
        if ((direction == Direction.ClientToServer ? _client : _server) is not { Content: > 0 } side) return;
        var text = $"{side.Content} octets of content";
        Add(direction, side, new(text, ClearTextMeaning.NoText), side.Content, side.ContentAt);
        side.Content = 0;
    }

    // Text that never turns into TLS is another program's; its beginning tells which.
    private ClearTextEvent? Add(
        Direction direction, ClearTextSide side, ClearTextMessage message, long octets, FrameStamp at)
    {
        if (side.Shown > MaxShown) return null;
        var item = new ClearTextEvent(direction, at, message.Text)
        {
            Meaning = message.Meaning, Protocol = Protocol?.Name, Octets = octets,
        };
        add(item);
        return item;
    }

    private void Show(Direction direction, ClearTextSide side, ClearTextMessage message, int length, FrameStamp at)
    {
        if (message.IsContent || (IsUnknown(side) && message.Meaning == ClearTextMeaning.None))
        {
            side.Count(length, at);
        }
        else
        {
            ShowContent(Direction.ClientToServer);
            ShowContent(Direction.ServerToClient);
            Add(direction, side, message, length, at);
        }
        side.Shown += length;
        side.Messages++;
        if (message.Meaning != ClearTextMeaning.TunnelOpen) return;
        Leave();
        if (_client is not null) _client.Messages = 0;
        if (_server is not null) _server.Messages = 0;
    }
}

using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Fingerprints;

namespace TlsInterop.Tls.Presentation;

/// <summary>Puts codes of messages into one line; equal neighbours are counted.</summary>
internal ref struct MessageLine(Span<char> initial)
{
    private AsciiBuffer _text = new(initial);
    private Direction _speaker = Direction.ClientToServer;
    private string? _last;
    private char _lastMark;
    private int _repeats;

    /// <summary>Codes so far, equal neighbours as one.</summary>
    public int Count { get; private set; }

    public void Add(Direction direction, string code, char mark)
    {
        if (direction == _speaker && code == _last && mark == _lastMark)
        {
            _repeats++;
            return;
        }
        EndRepeats();
        if (_last is not null) _text.Append(' ');
        if (direction != _speaker)
        {
            _text.Append("| ");
            _speaker = direction;
        }
        _text.Append(code);
        if (mark != ' ') _text.Append(mark);
        (_last, _lastMark, _repeats) = (code, mark, 1);
        Count++;
    }

    public string Finish(bool isWhole)
    {
        EndRepeats();
        if (!isWhole) _text.Append(" ...");
        return _text.ToString();
    }

    public void Dispose() => _text.Dispose();

    // Data in two records or twenty is the same story.
    private void EndRepeats()
    {
        if (_repeats < 2 || _last is "AD" or "ED" or "TXT") return;
        _text.Append('x');
        _text.AppendDecimal(_repeats);
    }
}

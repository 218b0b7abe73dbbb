namespace TlsInterop.Interop.Tests.Serve;

/// <summary>Looks at a file of answers while it grows.</summary>
internal sealed class AnswersSeen : IDisposable
{
    private readonly Timer _timer;
    private int _told;

    /// <summary>Looks at it.</summary>
    /// <param name="file">The file; it may not be there yet.</param>
    /// <param name="onEnough">Called once, when it has enough answers.</param>
    /// <param name="enough">How many that are.</param>
    public AnswersSeen(string file, Action onEnough, int enough)
    {
        _timer = new(_ =>
        {
            if (!File.Exists(file) || File.ReadLines(file).Count() < enough) return;
            if (Interlocked.Exchange(ref _told, 1) == 0) onEnough();
        });
        _timer.Change(TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
    }

    public void Dispose() => _timer.Dispose();
}

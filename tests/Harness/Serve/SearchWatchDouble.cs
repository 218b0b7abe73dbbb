using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Serve;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Serve;

/// <summary>Keeps what it is told of a search.</summary>
/// <param name="onAnswer">Told of each answer.</param>
internal sealed class SearchWatchDouble(Action? onAnswer = null) : ISearchWatch
{
    /// <summary>Connections that were needed yet behind each answer.</summary>
    public List<int> Left { get; } = [];

    /// <summary>How many failures were known whenever the device was waited for.</summary>
    public List<int> Failures { get; } = [];

    public void Waits(Cell cell, DeviceFinding soFar, int left) => Failures.Add(soFar.Failures.Count);

    public void Answers(Cell cell, CellResult result, int left, bool isNew)
    {
        Left.Add(left);
        onAnswer?.Invoke();
    }
}

using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Serve;

/// <summary>Is told how a search goes on.</summary>
internal interface ISearchWatch
{
    /// <summary>The next connection gets a configuration.</summary>
    /// <param name="cell">The configuration.</param>
    /// <param name="soFar">What is known by now.</param>
    /// <param name="left">Connections that are needed yet, at most, if nothing else fails.</param>
    void Waits(Cell cell, DeviceFinding soFar, int left);

    /// <summary>It is known what a configuration came to.</summary>
    /// <param name="cell">The configuration.</param>
    /// <param name="result">What it came to.</param>
    /// <param name="left">Connections that are needed yet, likewise.</param>
    /// <param name="isNew">True if the device was asked just now, false if it was remembered.</param>
    void Answers(Cell cell, CellResult result, int left, bool isNew);
}

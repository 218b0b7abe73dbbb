namespace TlsInterop.Harness.Commands;

/// <summary>Which reds fail a run.</summary>
internal enum Gate
{
    /// <summary>Every one.</summary>
    All,

    /// <summary>Those of cells in <c>matrices/required.txt</c>.</summary>
    Required,
}

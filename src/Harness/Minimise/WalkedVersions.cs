using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Minimise;

/// <summary>Where on the line of an end's versions a failure is.</summary>
/// <param name="Name">The endpoint.</param>
/// <param name="Role">Which end it is.</param>
/// <param name="Line">Its versions, oldest first.</param>
/// <param name="Span">Those that have the failure, and those around; null if that is not known yet.</param>
/// <param name="Runs">The cells that were run, and what they came to.</param>
public sealed record WalkedVersions(
    string Name, EndpointRole Role, IReadOnlyList<string> Line, VersionSpan? Span,
    IReadOnlyList<(Cell Cell, Answer Answer)> Runs);

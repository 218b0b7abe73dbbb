namespace TlsInterop.Harness.Minimise;

/// <summary>Where on a line of versions a failure begins, and where it ends.</summary>
/// <param name="FirstRed">The oldest version of those around the failure that has it.</param>
/// <param name="LastRed">The newest one.</param>
/// <param name="LastGreen">The version before, which has it not; null if there is none.</param>
/// <param name="FirstGreen">The version behind, likewise.</param>
public sealed record VersionSpan(int FirstRed, int LastRed, int? LastGreen, int? FirstGreen);
